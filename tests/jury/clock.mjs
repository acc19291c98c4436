// Reads MJML as JSON ({"source": …, "rounds": N}) and writes the milliseconds of each round, compiled in this process.
import { readFileSync } from 'node:fs'
import mjml from 'mjml'

const { source, rounds } = JSON.parse(readFileSync(0, 'utf8'))
const times = []
for (let round = 0; round <= rounds; round += 1) {
  const begun = performance.now()
  mjml(source, { fonts: {} })
  times.push(performance.now() - begun)
}
process.stdout.write(JSON.stringify(times.slice(1))) // the first warms up
