// Pictures of the pages, wide and narrow, with axe on each: for looking at, while pages are made.
// node e2e/shots.mjs [part of a name …]; BASE_URL, CREDENTIALS, SHOTS as for the tests.
import { PHONE, WIDE, axe, credentials, launch, overflows, shoot, signIn, visit } from './browser.mjs'

const wanted = process.argv.slice(2)
const who = (pattern) => credentials().find((c) => pattern.test(c.login) || pattern.test(c.note))
const first = (page, selector) => page.locator(selector).first()

const hall = [
  ['home', null, '/'],
  ['home-in', /citizen|个人/, '/'],
  ['sign-in', null, '/sign-in'],
  ['items', null, '/items'],
  ['items-empty', null, '/items?query=没有这个'],
  ['guide', null, '/items/SI-YL-001'],
  ['apply', /citizen|个人/, '/apply/SI-YL-001'],
  ['drafts', /citizen|个人/, '/drafts'],
  ['draft', /citizen|个人/, '/drafts', async (p) => { await first(p, 'main li a').click(); await p.waitForURL(/drafts\/./) }],
  ['draft-2', /citizen|个人/, '/drafts', async (p) => { await first(p, 'main li a').click(); await p.waitForURL(/drafts\/./); await p.waitForSelector('.bar .btn.primary'); await p.click('.bar .btn.primary'); await p.waitForURL(/step=/); await p.waitForSelector('#f-chosen_month'); await p.click('.bar .btn.primary') }],
  ['draft-materials', /citizen|个人/, '/drafts', async (p) => { await first(p, 'main li a').click(); await p.waitForURL(/drafts\/./); await p.goto(p.url().split('?')[0] + '?step=materials'); await p.waitForSelector('.mats') }],
  ['draft-check', /citizen|个人/, '/drafts', async (p) => { await first(p, 'main li a').click(); await p.waitForURL(/drafts\/./); await p.goto(p.url().split('?')[0] + '?step=check'); await p.waitForSelector('.agree') }],
  ['cases', /citizen|个人/, '/cases'],
  ['case-correct', /citizen|个人/, '/cases?tab=correction', async (p) => { await first(p, '.rows a').click(); await p.waitForSelector('.fix') }],
  ['case-run', /citizen|个人/, '/cases?tab=running', async (p) => { await first(p, '.rows a').click(); await p.waitForSelector('h1') }],
  ['case-done', /citizen|个人/, '/cases?tab=closed', async (p) => { await first(p, '.rows a').click(); await p.waitForSelector('h1') }],
  ['messages', /citizen|个人/, '/messages', async (p) => { await first(p, 'li .head').click() }],
  ['insurance', /citizen|个人/, '/insurance'],
  ['contribution', /citizen|个人/, '/insurance?tab=contribution'],
  ['account-pension', /citizen|个人/, '/insurance?tab=account'],
  ['certificate', /citizen|个人/, '/certificate'],
  ['certificate-done', /citizen|个人/, '/certificate', async (p) => { await p.waitForSelector('form.body'); await p.getByText('汇总').click(); await p.getByText('购房').click(); await p.click('form.body button[type=submit]'); await p.waitForSelector('.done') }],
  ['staff', /employer|单位/, '/employer/staff'],
  ['enrol', /employer|单位/, '/apply/SI-CB-010', async (p) => { await p.waitForURL(/drafts\/./) }],
  ['batch', /employer|单位/, '/employer/batch'],
  ['tool-retire', null, '/tools/retirement', async (p) => { await p.selectOption('select >> nth=0', '1970'); await p.selectOption('select >> nth=1', '5'); await p.click('form button[type=submit]'); await p.waitForSelector('dl') }],
  ['tool-pension', null, '/tools/pension'],
  ['verify', null, '/verify/0000000000000000'],
  ['password', /citizen|个人/, '/account'],
  ['not-found', null, '/nothing'],
].map(([name, login, path, act]) => ({ name: `hall-${name}`, login, path, act, desk: false }))

const desk = [
  ['sign-in', null, '/desk/sign-in'],
  ['queue', /clerk|受理/, '/desk/'],
  ['claimed', /clerk|受理/, '/desk/?view=claimed'],
  ['case', /clerk|受理/, '/desk/?view=claimed', async (p) => { await first(p, 'tbody a').click(); await p.waitForSelector('.case') }],
  ['case-derive', /recheck|复核/, '/desk/', async (p) => { await first(p, 'tbody a').click(); await p.waitForSelector('.case'); await p.getByRole('tab', { name: /计算/ }).click(); await p.getByText('全部展开').click() }],
  ['handover', /clerk|受理/, '/desk/handover'],
  ['archives', /admin|管理/, '/desk/archives'],
  ['items', /admin|管理/, '/desk/admin/items'],
  ['item', /admin|管理/, '/desk/admin/items/SI-YL-001'],
  ['users', /admin|管理/, '/desk/admin/users'],
  ['user', /admin|管理/, '/desk/admin/users', async (p) => { await p.locator('tbody tr', { hasText: '王芳' }).first().locator('a').first().click(); await p.waitForSelector('h1') }],
  ['orgs', /admin|管理/, '/desk/admin/organisations'],
  ['parameters', /admin|管理/, '/desk/admin/parameters'],
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
