// Every page once, wide and narrow: no accessibility fault, no error, nothing sideways, a picture of each.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PHONE, WIDE, launch, visit } from './browser.mjs'
import { playing } from './people.mjs'
import { asOfficer, asPerson, look } from './steps.mjs'

let browser
before(async () => void (browser = await launch()))
after(() => browser.close())

const HALL = {
  anybody: ['/', '/sign-in', '/items', '/items?query=退休', '/items?query=没有这个事项', '/items/SI-YL-001', '/items/SI-CB-028', '/tools/retirement', '/tools/pension', '/verify', '/nothing-here'],
  citizen: ['/', '/cases', '/drafts', '/messages', '/insurance', '/insurance?tab=contribution', '/insurance?tab=account', '/insurance?tab=pension', '/account', '/employer/staff'],
  employer: ['/', '/cases', '/employer/staff', '/messages', '/insurance'],
}
const DESK = {
  clerks: ['/desk/', '/desk/?view=claimed', '/desk/?view=done', '/desk/cases', '/desk/people', '/desk/account', '/desk/admin/users'],
  heads: ['/desk/handover'],
  files: ['/desk/archives'],
  money: ['/desk/runs'],
  policy: ['/desk/admin/items', '/desk/admin/items/SI-YL-001', '/desk/admin/parameters', '/desk/admin/parameters?view=expiring', '/desk/admin/parameters?view=proposals'],
  accounts: ['/desk/admin/users', '/desk/admin/organisations'],
}
const name = (path) => path.replace(/[^\w-]+/g, '_').replace(/^_|_$/g, '') || 'home'

for (const viewport of [WIDE, PHONE]) {
  for (const [part, paths] of Object.entries(HALL)) {
    test(`hall, ${part}, ${viewport.width} wide`, async () => {
      const page = part === 'anybody' ? await visit(browser, viewport) : await asPerson(browser, playing(part)[0], viewport)
      for (const path of paths) {
        await page.goto(path)
        await page.locator('h1').first().waitFor({ state: 'attached' })
        await look(page, `hall-${part}-${name(path)}`)
      }
      await page.context().close()
    })
  }
  for (const [part, paths] of Object.entries(DESK)) {
    test(`desk, ${part}, ${viewport.width} wide`, async () => {
      const page = await asOfficer(browser, playing(part)[0], viewport)
      for (const path of paths) {
        await page.goto(path)
        await page.locator('h1').first().waitFor({ state: 'attached' })
        await look(page, `desk-${part}-${name(path)}`)
      }
      await page.context().close()
    })
  }
}

test('large print and high contrast stay readable', async () => {
  const page = await visit(browser)
  await page.goto('/')
  await page.getByRole('button', { name: '大字版', exact: true }).click()
  await page.getByRole('button', { name: '高对比', exact: true }).click()
  await look(page, 'hall-large')
  await page.goto('/items/SI-YL-001')
  await page.locator('h1').waitFor()
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), '20px')
  await look(page, 'hall-large-guide')
})

test('the queue works by keyboard alone', async () => {
  const page = await asOfficer(browser, playing('clerks')[0])
  await page.goto('/desk/')
  await page.locator('h1').waitFor()
  await page.keyboard.press('?')
  await page.locator('dialog[open]').getByText('领取并办理').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('3')
  await page.waitForURL(/view=done/)
  await page.keyboard.press('/')
  assert.equal(await page.evaluate(() => document.activeElement?.hasAttribute('data-search')), true)
})

test('a page for others sends strangers to sign in and back', async () => {
  const page = await visit(browser)
  await page.goto('/cases?tab=running')
  await page.waitForURL(/\/sign-in\?to=/)
  const { login, password } = playing('citizen')[0]
  await page.fill('#login', login)
  await page.fill('#password', 'wrong-password-1')
  await page.click('button[type=submit]')
  await page.getByRole('alert').waitFor()
  await look(page, 'sign-in-refused')
  await page.fill('#password', password)
  await page.click('button[type=submit]')
  await page.waitForURL(/\/cases\?tab=running/)
})
