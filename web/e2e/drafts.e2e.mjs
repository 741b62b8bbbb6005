// What was typed is never lost: a page killed, a network gone, a form opened elsewhere; and typed values win over recorded ones.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PHONE, launch } from './browser.mjs'
import { playing } from './people.mjs'
import { asPerson, ask, fill, look, next, saved } from './steps.mjs'

let browser
before(async () => void (browser = await launch()))
after(() => browser.close())
const headers = { 'x-requested-with': 'renshe' }

async function fresh(page) {
  for (const row of await ask(page, '/drafts')) await page.request.delete(`/api/v1/drafts/${row.id}`, { headers })
  await page.goto('/apply/SI-CB-023')
  await page.waitForURL(/\/drafts\/./)
  await page.locator('.bar .btn.primary').waitFor()
  if ((await page.locator('[data-field=change_items]').count()) === 0) await next(page)
  return /\/drafts\/([^?]+)/.exec(page.url())[1]
}
const valueOf = async (page, id, key) => (await ask(page, `/drafts/${id}`)).fields[key]?.value

test('a page killed in the middle of typing loses nothing', async () => {
  const page = await asPerson(browser, playing('citizen')[0])
  const id = await fresh(page)
  await fill(page, 'change_items', '姓名')
  await saved(page)
  // Typed, not left, and the page is gone before the pause is over.
  await page.locator('#f-new_name').pressSequentially('吴建新', { delay: 5 })
  await page.goto('about:blank')
  await page.goto(`/drafts/${id}?step=s1`)
  await page.locator('[data-field=new_name]').waitFor()
  await saved(page)
  assert.equal(await page.locator('#f-new_name').inputValue(), '吴建新')
  assert.equal(await valueOf(page, id, 'new_name'), '吴建新')
})

test('without a network the form says so, keeps everything, and saves when it is back', async () => {
  const page = await asPerson(browser, playing('citizen')[0])
  const id = await fresh(page)
  await fill(page, 'change_items', '姓名')
  await saved(page)
  await page.context().setOffline(true)
  await fill(page, 'new_name', '吴建业')
  await page.getByText('网络不通，已暂存在本机').waitFor()
  await fill(page, 'basis', '更名')
  await page.context().setOffline(false)
  await page.getByRole('button', { name: '立即重试' }).click().catch(() => undefined)
  await saved(page)
  assert.equal(await valueOf(page, id, 'new_name'), '吴建业')
  assert.ok(await valueOf(page, id, 'basis'))
  assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('renshe.draft.')).length), 0)
})

test('the draft is the same on the telephone', async () => {
  const page = await asPerson(browser, playing('citizen')[0])
  const id = await fresh(page)
  await fill(page, 'change_items', '姓名')
  await fill(page, 'new_name', '吴建功')
  await saved(page)
  const small = await asPerson(browser, playing('citizen')[0], PHONE)
  await small.goto('/drafts')
  await small.getByRole('link', { name: /继续填写/ }).first().waitFor()
  await look(small, 'drafts')
  await small.goto(`/drafts/${id}?step=s1`)
  await small.locator('#f-new_name').waitFor()
  assert.equal(await small.locator('#f-new_name').inputValue(), '吴建功')
  await look(small, 'draft')
})

test('a typed value wins over the recorded one, and the difference is shown', async (t) => {
  const page = await asPerson(browser, playing('citizen')[0])
  for (const row of await ask(page, '/drafts')) await page.request.delete(`/api/v1/drafts/${row.id}`, { headers })
  await page.goto('/apply/SI-YL-001')
  await page.waitForURL(/\/drafts\/./)
  const box = page.locator('#f-mobile')
  await box.waitFor()
  const recorded = await box.inputValue()
  if (!recorded) return t.skip('no recorded number')
  await fill(page, 'mobile', '13912345678')
  await page.getByText(/与您填写的不一致/).waitFor()
  await saved(page)
  await page.getByRole('button', { name: '重新带出系统数据' }).click()
  await page.getByText('已带出系统数据').waitFor()
  assert.equal(await box.inputValue(), '13912345678')
  await look(page, 'draft-difference')
  await page.getByRole('button', { name: '采用系统数据' }).click()
  assert.equal(await box.inputValue(), recorded)
  await saved(page)
})

test('an unfinished draft is refused with every field that is missing', async () => {
  const page = await asPerson(browser, playing('citizen')[0])
  const id = await fresh(page)
  const first = await page.request.post(`/api/v1/drafts/${id}/submission`, { headers })
  assert.equal(first.status(), 422)
  assert.ok((await first.json()).errors.length > 0)
})
