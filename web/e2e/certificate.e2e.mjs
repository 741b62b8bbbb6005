// A citizen prints a contribution certificate, and a stranger checks it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PHONE, launch, visit } from './browser.mjs'
import { playing } from './people.mjs'
import { asPerson, ask, fill, look } from './steps.mjs'

let browser
before(async () => void (browser = await launch()))
after(() => browser.close())

async function print(page) {
  await page.goto('/certificate')
  await page.locator('form.body').waitFor()
  await look(page, 'certificate-form')
  await fill(page, 'detail_level', '明细')
  await fill(page, 'purpose', '其他')
  await page.getByRole('button', { name: '生成证明' }).click()
  await page.locator('.sum[role=alert]').getByText(/其他用途/).waitFor()
  await look(page, 'certificate-fault')
  await fill(page, 'purpose', '购房')
  await page.getByRole('button', { name: '生成证明' }).click()
  await page.getByRole('heading', { name: '证明已生成' }).waitFor()
  await page.getByRole('link', { name: '下载证明' }).waitFor()
}

test('a citizen has the certificate at once, and anyone can verify it', async () => {
  const page = await asPerson(browser, playing('citizen')[0])
  await print(page)
  await look(page, 'certificate-done')
  const href = await page.getByRole('link', { name: '下载证明' }).getAttribute('href')
  const paper = await page.request.get(href)
  assert.equal(paper.status(), 200)
  assert.match(paper.headers()['content-type'], /application\/pdf/)
  assert.equal((await paper.body()).subarray(0, 5).toString(), '%PDF-')

  const code = (await page.locator('.doc .mono').first().textContent()).trim()
  const stranger = await visit(browser)
  await stranger.goto('/verify')
  await stranger.fill('#code', code)
  await stranger.getByRole('button', { name: '核验' }).click()
  await stranger.getByText('核验通过').waitFor()
  await look(stranger, 'verify-good')
  await stranger.fill('#code', '0000000000000000')
  await stranger.getByRole('button', { name: '核验' }).click()
  await stranger.getByText('未查到对应的文书').waitFor()
  await look(stranger, 'verify-bad')
  const paperWithoutSession = await stranger.request.get(href)
  assert.equal(paperWithoutSession.status(), 401)
})

test('the same on a telephone', async () => {
  const page = await asPerson(browser, playing('citizen')[0], PHONE)
  await print(page)
  await look(page, 'certificate-done')
})

test('the same answers pressed twice are one certificate', async () => {
  const page = await asPerson(browser, playing('citizen')[0])
  await page.goto('/certificate')
  await page.locator('form.body').waitFor()
  await fill(page, 'detail_level', '汇总')
  await fill(page, 'purpose', '落户')
  const before = (await ask(page, '/cases?size=1')).total
  await page.getByRole('button', { name: '生成证明' }).dblclick()
  await page.getByRole('heading', { name: '证明已生成' }).waitFor()
  assert.equal((await ask(page, '/cases?size=1')).total, before + 1)
})
