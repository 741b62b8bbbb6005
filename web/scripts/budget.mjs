// First load of each application: the entry, what it imports, and the first page, as the browser receives it (gzip).
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const BUDGETS = [
  { app: 'hall', limit: 150_000, pages: ['src/pages/HomePage.vue'] },
  { app: 'desk', limit: 300_000, pages: ['src/pages/QueuePage.vue', 'src/pages/CasePage.vue'] },
]

export function measure(app, pages) {
  const dist = join(root, 'apps', app, 'dist')
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))
  const files = new Set()
  const visit = (key) => {
    const chunk = manifest[key]
    if (!chunk || files.has(chunk.file)) return
    files.add(chunk.file)
    for (const next of chunk.imports ?? []) visit(next)
  }
  for (const key of ['index.html', ...pages]) visit(key)
  const scripts = [...files].filter((file) => file.endsWith('.js'))
  return scripts.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0)
}

export function budgets() {
  return BUDGETS.map((budget) => ({ ...budget, built: existsSync(join(root, 'apps', budget.app, 'dist/.vite/manifest.json')) })).map((budget) => ({ ...budget, size: budget.built ? measure(budget.app, budget.pages) : null }))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  let over = false
  for (const { app, limit, size } of budgets()) {
    if (size === null) continue
    console.log(`${app}: first load ${(size / 1000).toFixed(1)} kB gzip of ${limit / 1000} kB`)
    over ||= size > limit
  }
  if (over) process.exit(1)
}
