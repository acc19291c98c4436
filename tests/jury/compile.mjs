// Reads {"name": "<mjml>…"} as JSON and writes {"name": "<html>…"}: MJML's own compiler, on the same source as ours.
import { readFileSync } from 'node:fs'
import mjml from 'mjml'

const sources = JSON.parse(readFileSync(0, 'utf8'))
const compiled = {}
for (const [name, source] of Object.entries(sources)) {
  const { html, errors } = mjml(source, { validationLevel: 'strict', fonts: {} })
  if (errors.length) throw new Error(`${name}: ${errors.map((error) => error.formattedMessage).join('; ')}`)
  compiled[name] = html
}
process.stdout.write(JSON.stringify(compiled))
