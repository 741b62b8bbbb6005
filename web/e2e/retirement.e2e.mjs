// An employer applies for a retirement; a clerk, a reviewer and a second reviewer decide; the paper explains the figure.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PHONE, launch } from './browser.mjs'
import { pdf } from './files.mjs'
import { playing } from './people.mjs'
import { asPerson, ask, fill, look, next, passNode, saved, submit } from './steps.mjs'

let browser
before(async () => void (browser = await launch()))
after(() => browser.close())

/** Somebody on the employer's staff who has reached the statutory age. */
async function candidate(page) {
  const month = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 7)
  const headers = { 'x-requested-with': 'renshe' }
  for (const row of await ask(page, '/drafts')) await page.request.delete(`/api/v1/drafts/${row.id}`, { headers })
  for (const row of (await ask(page, '/employer/staff?size=100')).rows) {
    const draft = await (await page.request.post('/api/v1/drafts', { data: { item_code: 'SI-YL-001' }, headers })).json()
    const filled = await (await page.request.patch(`/api/v1/drafts/${draft.id}`, { data: { fields: { person_no: row.person_no, post_kind: 'worker' } }, headers })).json()
    const ready = await (await page.request.post(`/api/v1/drafts/${draft.id}/prefill`, { headers })).json()
    await page.request.delete(`/api/v1/drafts/${draft.id}`, { headers })
    const statutory = (ready.fields ?? filled.fields)?.statutory_month?.value
    if (statutory && statutory <= month) return { ...row, statutory }
  }
  return null
}

test('from application to the award', async (t) => {
  const page = await asPerson(browser, playing('employer')[0])
  const person = await candidate(page)
  if (!person) return t.skip('nobody on the staff has reached the age')

  await page.goto(`/employer/staff?query=${encodeURIComponent(person.name)}`)
  await page.locator('tbody tr', { hasText: person.person_no }).waitFor()
  await look(page, 'staff')
  await page.locator('tbody tr', { hasText: person.person_no }).getByRole('link', { name: /申请退休/ }).click()
  await page.waitForURL(/\/drafts\//)
  await page.locator('[data-field=name]').getByText(person.name).waitFor()
  await look(page, 'retirement-1')
  if ((await page.locator('#f-mobile').inputValue()) === '') await fill(page, 'mobile', '13900000099')
  await next(page)

  await fill(page, 'retire_kind', '弹性提前退休')
  await page.locator('[data-field=notice_date]').waitFor()
  if (await page.locator('[data-field=post_kind]').count()) await fill(page, 'post_kind', '工人岗位')
  await next(page)
  await page.locator('.sum[role=alert]').getByText(/书面告知/).waitFor()
  await look(page, 'retirement-2-fault')
  await fill(page, 'retire_kind', '正常退休')
  await page.locator('[data-field=notice_date]').waitFor({ state: 'detached' })
  await fill(page, 'chosen_month', person.statutory)
  await next(page)

  await fill(page, 'deemed_months', '36')
  if (await page.locator('[data-field=deemed_months_to_1992]').count()) await fill(page, 'deemed_months_to_1992', '0')
  if (await page.locator('[data-field=virtual_account]').count()) await fill(page, 'virtual_account', '0')
  await saved(page)
  await look(page, 'retirement-3')
  await next(page)

  await fill(page, 'payee_bank', '上海银行人民广场支行')
  await fill(page, 'payee_account', '6217001210000123453')
  if ((await page.locator('#f-payee_name').inputValue()) === '') await fill(page, 'payee_name', person.name)
  await next(page)

  await page.locator('.mats').waitFor()
  await next(page)
  await page.locator('.sum[role=alert]').getByText(/人事档案/).waitFor()
  await page.locator('[data-field=M12] input[type=file]').setInputFiles({ name: '人事档案.pdf', mimeType: 'application/pdf', buffer: pdf('personnel file') })
  await page.getByText('人事档案.pdf').waitFor()
  await look(page, 'retirement-materials')
  await next(page)

  await page.locator('.agree').waitFor()
  await page.locator('.rules li').first().waitFor()
  await look(page, 'retirement-check')
  const caseNo = await submit(page)
  await page.getByRole('heading', { name: '提交成功' }).waitFor()
  await look(page, 'receipt')

  const clerk = await passNode(browser, playing('clerks'), caseNo, { name: 'accept', looked: true })
  await passNode(browser, playing('reviewers'), caseNo, { name: 'review', looked: true })
  const second = await passNode(browser, playing('recheckers'), caseNo, { name: 'recheck', looked: true })
  assert.notEqual(clerk.login, second.login)

  await page.goto(`/cases/${caseNo}`)
  await page.getByRole('heading', { name: '为什么是这个数' }).waitFor()
  await page.getByRole('button', { name: '全部展开' }).click()
  await page.getByText(/计发基数/).first().waitFor()
  await look(page, 'case-closed')
  const href = await page.getByRole('link', { name: /下载/ }).first().getAttribute('href')
  const paper = await page.request.get(href)
  assert.equal((await paper.body()).subarray(0, 5).toString(), '%PDF-')

  await page.getByRole('button', { name: '评价' }).click()
  await page.locator('dialog[open]').getByText('非常满意', { exact: true }).click()
  await page.getByRole('button', { name: '提交评价' }).click()
  await page.getByText('您的评价：非常满意').waitFor()

  const small = await asPerson(browser, playing('employer')[0], PHONE)
  await small.goto(`/cases/${caseNo}`)
  await small.getByRole('heading', { name: '为什么是这个数' }).waitFor()
  await look(small, 'case-closed')
})
