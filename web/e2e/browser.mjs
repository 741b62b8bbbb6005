// Chromium of the distribution, driven by playwright-core; one place for its flags, sign-in, axe and screenshots.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const here = dirname(fileURLToPath(import.meta.url))
const require = createRequire(import.meta.url)
export const BASE = (process.env.BASE_URL ?? 'http://127.0.0.1:8080').replace(/\/$/, '')
export const SHOTS = process.env.SHOTS ?? join(here, '../../var/shots')
const EXECUTABLE = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path))
export const WIDE = { width: 1920, height: 1080 }
export const PHONE = { width: 375, height: 812 }

export async function launch() {
  if (!EXECUTABLE) throw new Error('no Chromium found; set CHROMIUM to its path')
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--lang=zh-CN'],
  })
}

/** A fresh visitor; page errors and console errors are collected in `page.faults`. */
export async function visit(browser, viewport = WIDE, options = {}) {
  const context = await browser.newContext({ viewport, baseURL: BASE, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce', ...(viewport.width < 500 ? { isMobile: true, hasTouch: true } : {}), ...options })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  page.faults = []
  page.on('pageerror', (error) => page.faults.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    // A refused sign-in or an unknown code is an ordinary answer; the browser still prints it as an error.
    if (message.type() === 'error' && !/status of (401|403|404|409|422)/.test(message.text())) page.faults.push(`console: ${message.text()}`)
  })
  return page
}

/** `login password 说明` per line. */
export function credentials() {
  const path = process.env.CREDENTIALS ?? join(here, '../../var/demo-passwords.txt')
  if (!existsSync(path)) throw new Error(`no credentials file at ${path}; set CREDENTIALS`)
  return readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => /^\s*([^\s#]\S*)\s+(\S+)\s*(.*)$/.exec(line))
    .filter(Boolean)
    .map(([, login, password, note]) => ({ login, password, note }))
}

export async function signIn(page, { login, password }, desk = false) {
  await page.goto(desk ? '/desk/sign-in' : '/sign-in')
  await page.fill('#login', login)
  await page.fill('#password', password)
  await Promise.all([page.waitForURL((url) => !url.pathname.endsWith('/sign-in')), page.click('button[type=submit]')])
}

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

/** Violations of WCAG 2.1 A and AA on the page as it stands. */
export async function axe(page) {
  await page.evaluate(axeSource)
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'], rules: { region: { enabled: true } } }))
  return found.violations.map((v) => `${v.id} (${v.impact}): ${v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} — ${n.failureSummary?.split('\n')[1]?.trim() ?? ''}`).join(' | ')}`)
}

export async function settle(page) {
  await page.waitForLoadState('networkidle').catch(() => undefined)
  await page.waitForTimeout(150)
}

export async function shoot(page, name, { full = true } = {}) {
  mkdirSync(SHOTS, { recursive: true })
  await settle(page)
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: full })
}

/** Whether the page scrolls sideways, which nothing on a phone should. */
export async function overflows(page) {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1)
}
