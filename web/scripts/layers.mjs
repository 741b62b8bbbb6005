// Who may import whom: api ← ui ← form; api ← auth; apps use all; nothing uses an app. Element Plus is named in packages/ui
// only, so that a change of library is a change of one folder.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const MAY = { api: [], ui: ['api'], auth: ['api'], form: ['api', 'ui'], hall: ['api', 'ui', 'auth', 'form'], desk: ['api', 'ui', 'auth', 'form'] }

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (name === 'node_modules' || name === 'dist') return []
    return statSync(path).isDirectory() ? files(path) : /\.(ts|vue)$/.test(name) ? [path] : []
  })
}

const faults = []
for (const [owner, allowed] of Object.entries(MAY)) {
  const folder = join(root, ['hall', 'desk'].includes(owner) ? 'apps' : 'packages', owner)
  for (const path of files(folder)) {
    const text = readFileSync(path, 'utf8')
    for (const [, name] of text.matchAll(/(?:from|import)\s*\(?['"]([^'"]+)['"]/g)) {
      const room = /^@renshe\/(\w+)/.exec(name)?.[1]
      if (room && room !== owner && !allowed.includes(room)) faults.push(`${relative(root, path)} may not import ${name}`)
      if (name.startsWith('element-plus') && owner !== 'ui') faults.push(`${relative(root, path)}: Element Plus belongs to packages/ui`)
    }
    if (/https?:\/\/(?!www\.w3\.org)/.test(text.replace(/\/\/ .*$/gm, '')) && !/tests\//.test(path)) faults.push(`${relative(root, path)} names an outside host`)
    if (/v-html|innerHTML\s*=/.test(text)) faults.push(`${relative(root, path)} puts text into the page as HTML`)
  }
}
for (const fault of faults) console.error(fault)
if (faults.length > 0) process.exit(1)
