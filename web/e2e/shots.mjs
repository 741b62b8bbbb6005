// Pictures of the pages, wide and narrow, with axe on each: for looking at, while pages are made.
// node e2e/shots.mjs [part of a name …]; BASE_URL, CREDENTIALS, SHOTS as for the tests.
import { PHONE, WIDE, axe, credentials, launch, overflows, shoot, signIn, visit } from './browser.mjs'

const wanted = process.argv.slice(2)
const who = (pattern) => credentials().find((c) => pattern.test(c.login))
const CITIZEN = /^(citizen|wujianguo)$/
const EMPLOYER = /^(employer|qianjingban)$/
const CLERK = /^(clerk|shouli1)$/
const RECHECK = /^(rechecker|fuhe1)$/
const HEAD = /^(admin|shenpi1)$/
const FILES = /^(admin|dangan1)$/
const CASHIER = /^(admin|caiwu1)$/
const POLICY = /^(admin|canshu1)$/
const ADMIN = /^(admin|xitong1)$/
const first = (page, selector) => page.locator(selector).first()

const hall = [
  ['home', null, '/'],
  ['home-in', CITIZEN, '/'],
  ['sign-in', null, '/sign-in'],
  ['items', null, '/items'],
  ['items-empty', null, '/items?query=没有这个'],
  ['guide', null, '/items/SI-YL-001'],
  ['apply', CITIZEN, '/apply/SI-YL-001'],
  ['drafts', CITIZEN, '/drafts'],
  ['draft', CITIZEN, '/drafts', async (p) => { await first(p, 'main li a').click(); await p.waitForURL(/drafts\/./) }],
  ['draft-2', CITIZEN, '/drafts', async (p) => { await first(p, 'main li a').click(); await p.waitForURL(/drafts\/./); await p.waitForSelector('.bar .btn.primary'); await p.click('.bar .btn.primary'); await p.waitForURL(/step=/); await p.waitForSelector('#f-chosen_month'); await p.click('.bar .btn.primary') }],
  ['draft-materials', CITIZEN, '/drafts', async (p) => { await first(p, 'main li a').click(); await p.waitForURL(/drafts\/./); await p.goto(p.url().split('?')[0] + '?step=materials'); await p.waitForSelector('.mats') }],
  ['draft-check', CITIZEN, '/drafts', async (p) => { await first(p, 'main li a').click(); await p.waitForURL(/drafts\/./); await p.goto(p.url().split('?')[0] + '?step=check'); await p.waitForSelector('.agree') }],
  ['cases', CITIZEN, '/cases'],
  ['case-correct', CITIZEN, '/cases?tab=correction', async (p) => { await first(p, '.rows a').click(); await p.waitForSelector('.fix') }],
  ['case-run', CITIZEN, '/cases?tab=running', async (p) => { await first(p, '.rows a').click(); await p.waitForSelector('h1') }],
  ['case-done', CITIZEN, '/cases?tab=closed', async (p) => { await first(p, '.rows a').click(); await p.waitForSelector('h1') }],
  ['messages', CITIZEN, '/messages', async (p) => { await first(p, 'li .head').click() }],
  ['insurance', CITIZEN, '/insurance'],
  ['contribution', CITIZEN, '/insurance?tab=contribution'],
  ['account-pension', CITIZEN, '/insurance?tab=account'],
  ['certificate', CITIZEN, '/certificate'],
  ['certificate-done', CITIZEN, '/certificate', async (p) => { await p.waitForSelector('form.body'); await p.getByText('汇总').click(); await p.getByText('购房').click(); await p.click('form.body button[type=submit]'); await p.waitForSelector('.done') }],
  ['staff', EMPLOYER, '/employer/staff'],
  ['enrol', EMPLOYER, '/apply/SI-CB-010', async (p) => { await p.waitForURL(/drafts\/./) }],
  ['batch', EMPLOYER, '/employer/batch'],
  ['tool-retire', null, '/tools/retirement', async (p) => { await p.selectOption('select >> nth=0', '1970'); await p.selectOption('select >> nth=1', '5'); await p.click('form button[type=submit]'); await p.waitForSelector('dl') }],
  ['tool-pension', null, '/tools/pension'],
  ['verify', null, '/verify/0000000000000000'],
  ['password', CITIZEN, '/account'],
  ['not-found', null, '/nothing'],
].map(([name, login, path, act]) => ({ name: `hall-${name}`, login, path, act, desk: false }))

const desk = [
  ['sign-in', null, '/desk/sign-in'],
  ['queue', CLERK, '/desk/'],
  ['claimed', CLERK, '/desk/?view=claimed'],
  ['case', CLERK, '/desk/?view=claimed', async (p) => { await first(p, 'tbody a').click(); await p.waitForSelector('.case') }],
  ['case-derive', RECHECK, '/desk/', async (p) => { await first(p, 'tbody a').click(); await p.waitForSelector('.case'); await p.getByRole('tab', { name: /计算/ }).click(); await p.getByText('全部展开').click() }],
  ['person', RECHECK, '/desk/people/P100001'],
  ['runs', CASHIER, '/desk/runs'],
  ['handover', HEAD, '/desk/handover'],
  ['archives', FILES, '/desk/archives'],
  ['items', POLICY, '/desk/admin/items'],
  ['item', POLICY, '/desk/admin/items/SI-YL-001'],
  ['users', ADMIN, '/desk/admin/users'],
  ['user', ADMIN, '/desk/admin/users', async (p) => { await p.locator('tbody tr', { hasText: '王芳' }).first().locator('a').first().click(); await p.waitForSelector('h1') }],
  ['orgs', ADMIN, '/desk/admin/organisations'],
  ['parameters', POLICY, '/desk/admin/parameters'],
  ['action', CLERK, '/desk/?view=claimed', async (p) => { await first(p, 'tbody a').click(); await p.waitForSelector('.case'); await p.getByRole('button', { name: '退回补正' }).click(); await p.waitForSelector('dialog[open]') }],
  ['help', CLERK, '/desk/', async (p) => { await p.keyboard.press('?'); await p.waitForTimeout(300) }],
].map(([name, login, path, act]) => ({ name: `desk-${name}`, login, path, act, desk: true }))

const browser = await launch()
const pages = new Map()
let bad = 0
for (const shot of [...hall, ...desk]) {
  if (wanted.length > 0 && !wanted.some((w) => shot.name.includes(w))) continue
  for (const [suffix, viewport] of [['1920', WIDE], ['375', PHONE]]) {
    const key = `${shot.login}-${shot.desk}-${suffix}`
    if (!pages.has(key)) {
      const page = await visit(browser, viewport)
      if (shot.login) await signIn(page, who(shot.login), shot.desk)
      pages.set(key, page)
    }
    const page = pages.get(key)
    page.faults.length = 0
    try {
      await page.goto(shot.path)
      await page.waitForSelector('h1, h2')
      await page.waitForLoadState('networkidle')
      await shot.act?.(page)
      await shoot(page, `${shot.name}-${suffix}`)
      const found = [...(await axe(page)), ...page.faults, ...((await overflows(page)) ? ['scrolls sideways'] : [])]
      bad += found.length
      console.log(`${shot.name}-${suffix}${found.length > 0 ? `\n  ${found.join('\n  ')}` : ' ok'}`)
    } catch (error) {
      bad += 1
      console.log(`${shot.name}-${suffix} FAILED: ${error.message.split('\n')[0]} ${page.faults.join(' ')}`)
      await shoot(page, `${shot.name}-${suffix}-failed`).catch(() => undefined)
    }
  }
}
await browser.close()
console.log(bad === 0 ? 'nothing found' : `${bad} findings`)
