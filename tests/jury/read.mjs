// What feedsmith, as a reader's program would use it, finds in a feed: its items as JSON rows on stdout.
import { readFileSync } from 'node:fs'
import { parseFeed } from 'feedsmith'

const { format, feed } = parseFeed(readFileSync(process.argv[2], 'utf8'))
const text = (value) => (typeof value === 'string' ? value : (value?.value ?? ''))
const rows = (feed.items ?? feed.entries ?? []).map((item) => ({
  id: text(item.id ?? item.guid),
  title: text(item.title),
  published: item.pubDate ?? item.published ?? item.date_published ?? '',
  updated: item.updated ?? item.date_modified ?? item.atom?.updated ?? '',
  authors: (item.authors ?? item.dc?.creators ?? (item.dc?.creator ? [item.dc.creator] : [])).map((author) =>
    typeof author === 'string' ? author : (author.name ?? ''),
  ),
  html: item.content?.encoded ?? item.content_html ?? text(item.content),
  picture: item.image ?? item.media?.contents?.[0]?.url ?? item.media?.thumbnails?.[0]?.url ?? '',
}))
process.stdout.write(JSON.stringify({ format, rows }))
