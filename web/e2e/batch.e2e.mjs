// A roster with good and bad rows: the good ones go in, each bad one comes back with row, column, reason and remedy.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PHONE, launch } from './browser.mjs'
import { csv, identity, pdf } from './files.mjs'
import { playing } from './people.mjs'
import { asPerson, ask, fill, look } from './steps.mjs'

let browser
before(async () => void (browser = await launch()))
after(() => browser.close())

const HEAD = ['序号', '姓名', '证件类型', '证件号码', '户籍性质', '文化程度', '参保起始月', '用工起始日', '合同类型', '合同终止日', '月缴费工资', '增员原因', '险种']
const today = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10)

function roster() {
  // Sequence numbers from the clock, so that the test may run again on the same data.
  const start = Math.floor(Date.now() / 1000) % 900
  const row = (n, change = {}) => {
    const born = `19${80 + (n % 15)}0${1 + (n % 9)}${10 + Math.floor(Date.now() / 900_000) % 18}`
    const cells = { 序号: n, 姓名: `测试${'甲乙丙丁戊己庚辛壬癸'[n % 10]}`, 证件类型: '01', 证件号码: identity(born, (start + n) % 1000), 户籍性质: '12', 文化程度: '', 参保起始月: today.slice(0, 7), 用工起始日: today, 合同类型: '1', 合同终止日: '2030-12-31', 月缴费工资: 12000 + n, 增员原因: '01', 险种: '110,210,310,410', ...change }
    return HEAD.map((name) => cells[name])
  }
  const good = Array.from({ length: 6 }, (_, n) => row(n + 1))
  const bad = [row(7, { 证件号码: '310104199001010019' }), row(8, { 参保起始月: '2020-01' }), row(9, { 月缴费工资: '-1' }), row(10, { 用工起始日: '2026-02-30' })]
  return { rows: [HEAD, ...good, ...bad], good: good.length, bad: bad.length }
}

test('good rows go in, bad rows come back with what to do', async () => {
  const page = await asPerson(browser, playing('employer')[0])
  await page.goto('/employer/batch')
  await page.getByRole('heading', { name: '上传花名册' }).waitFor()
  const template = await page.request.get(await page.getByRole('link', { name: '下载花名册模板' }).getAttribute('href'))
  assert.equal((await template.body()).subarray(0, 2).toString(), 'PK')
  await look(page, 'batch')

  await page.getByRole('button', { name: '提交批次' }).click()
  await page.locator('.sum[role=alert]').getByText(/花名册/).waitFor()
  await page.locator('input[type=file]').setInputFiles({ name: '花名册.pdf', mimeType: 'application/pdf', buffer: pdf() })
  await page.getByText(/花名册应为/).waitFor()
  await look(page, 'batch-fault')

  const { rows, good, bad } = roster()
  await page.locator('input[type=file]').setInputFiles({ name: '增员花名册.csv', mimeType: 'text/csv', buffer: csv(rows) })
  await page.locator('.files').getByText('增员花名册.csv').waitFor()
  await fill(page, 'contact', '钱经办')
  await fill(page, 'contact_mobile', '13800000001')
  await page.getByRole('button', { name: '提交批次' }).click()
  await page.waitForURL(/\/employer\/batch\/./, { timeout: 60_000 })
  const caseNo = decodeURIComponent(page.url().split('/').at(-1))
  await page.getByText('已办结').waitFor({ timeout: 60_000 })
  await page.locator('tbody tr').first().waitFor()
  await look(page, 'batch-result')

  const report = await ask(page, `/employer/batches/${caseNo}`)
  assert.deepEqual({ total: report.rows_total, ok: report.ok, failed: report.failed }, { total: good + bad, ok: good, failed: bad })
  for (const text of ['证件号码', '参保起始月', '月缴费工资', '用工起始日']) await page.locator('tbody').getByText(text).first().waitFor()
  const workbook = await page.request.get(await page.getByRole('link', { name: '下载结果明细' }).getAttribute('href'))
  assert.equal((await workbook.body()).subarray(0, 2).toString(), 'PK')

  const small = await asPerson(browser, playing('employer')[0], PHONE)
  await small.goto(`/employer/batch/${caseNo}`)
  await small.locator('tbody tr').first().waitFor()
  await look(small, 'batch-result')
})
