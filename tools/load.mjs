// Asks for pages from many connections at once and prints rate and waiting times.
// BASE_URL and CREDENTIALS come from tools/server.sh; SECONDS and CONNECTIONS may be set.
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'

const base = new URL(process.env.BASE_URL ?? 'http://127.0.0.1:8080')
const seconds = Number(process.env.DURATION ?? 10)
const connections = Number(process.env.CONNECTIONS ?? 50)
const agent = new Agent({ keepAlive: true, maxSockets: connections })

function ask(method, path, { token, body } = {}) {
  return new Promise((resolve, reject) => {
    const headers = { 'x-requested-with': 'renshe' }
    if (token) headers.authorization = `Bearer ${token}`
    if (body) headers['content-type'] = 'application/json'
    const asked = request({ agent, host: base.hostname, port: base.port, method, path, headers }, (answer) => {
      const parts = []
      answer.on('data', (part) => parts.push(part))
      answer.on('end', () => resolve({ status: answer.statusCode, text: Buffer.concat(parts).toString() }))
    })
    asked.on('error', reject)
    asked.end(body && JSON.stringify(body))
  })
}

async function signIn() {
  const line = readFileSync(process.env.CREDENTIALS, 'utf8').split('\n').find((text) => /^\s*[^\s#]\S*\s+\S+/.test(text))
  const [login, password] = line.trim().split(/\s+/)
  const answer = await ask('POST', '/api/v1/session', { body: { login, password } })
  if (answer.status !== 200) throw new Error(`sign-in as ${login}: ${answer.status}`)
  return JSON.parse(answer.text).token
}

async function measure(path, token) {
  const times = []
  let failed = 0
  const end = performance.now() + seconds * 1000
  const one = async () => {
    while (performance.now() < end) {
      const start = performance.now()
      const { status } = await ask('GET', path, { token })
      times.push(performance.now() - start)
      if (status >= 400) failed += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, one))
  times.sort((a, b) => a - b)
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1).padStart(8)
  const rate = (times.length / seconds).toFixed(0).padStart(7)
  console.log(`${path.padEnd(36)}${rate}/s  p50${at(0.5)}  p95${at(0.95)}  p99${at(0.99)} ms  failed ${failed}`)
}

const token = await signIn()
console.log(`${connections} connections, ${seconds} s each`)
for (const [path, signed] of [['/healthz'], ['/'], ['/api/v1/items?size=20'], ['/api/v1/session', true], ['/api/v1/cases', true], ['/api/v1/messages', true]]) {
  await measure(path, signed ? token : undefined)
}
agent.destroy()
