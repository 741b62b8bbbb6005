// An officer leaves: a preview of what would move, one press, and everything is with colleagues.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PHONE, launch } from './browser.mjs'
import { pdf } from './files.mjs'
import { playing } from './people.mjs'
import { asOfficer, asPerson, ask, look } from './steps.mjs'

let browser
before(async () => void (browser = await launch()))
after(() => browser.close())
const headers = { 'x-requested-with': 'renshe' }

/** A case in the hands of a clerk, made over the API: the pages for that have their own tests. */
async function caseInHand(page) {
  const call = async (method, path, data) => {
    const response = await page.request.fetch(`/api/v1${path}`, { method, headers, ...(data ? { data } : {}) })
    assert.equal(response.ok(), true, `${method} ${path}: ${await response.text()}`)
    return response.json()
  }
  const draft = await call('POST', '/drafts', { item_code: 'SI-CB-023' })
  await call('PATCH', `/drafts/${draft.id}`, { fields: { change_items: ['name'], new_name: '吴建新', basis: 'rename', basis_doc_no: '沪公户〔2026〕12号', basis_date: '2026-06-01' } })
  const upload = draft.materials.find((material) => material.source === 'upload' && material.required)
  const file = await page.request.post(`/api/v1/drafts/${draft.id}/materials/${upload.code}`, { headers, multipart: { file: { name: '户籍变更证明.pdf', mimeType: 'application/pdf', buffer: pdf('household') } } })
  assert.equal(file.ok(), true, await file.text())
  return (await call('POST', `/drafts/${draft.id}/submission`)).case_no
}

test('everything an officer holds moves in one go', async (t) => {
  const [head] = playing('heads')
  const citizen = await asPerson(browser, playing('citizen')[0])
  const caseNo = await caseInHand(citizen)
  let holder
  for (const account of playing('clerks')) {
    const desk = await asOfficer(browser, account)
    if ((await ask(desk, `/tasks?view=todo&query=${caseNo}`)).total > 0) holder = { account, me: await ask(desk, '/session') }
    await desk.context().close()
  }
  if (!holder) return t.skip('dispatch offered the case to nobody known')

  const page = await asOfficer(browser, head)
  await page.goto('/desk/handover')
  await page.locator('#from').click()
  await page.locator('.el-select-dropdown__item', { hasText: holder.me.name }).filter({ hasText: /在办 [1-9]/ }).first().click()
  await page.getByText(/将移交 \d+ 件/).waitFor()
  await page.locator('tbody').getByText(caseNo).waitFor()
  await look(page, 'desk-handover-plan')
  await page.getByRole('button', { name: '移交全部' }).click()
  await page.locator('dialog[open]').getByRole('button', { name: '确认移交' }).click()
  await page.getByText(/已移交 \d+ 件/).first().waitFor()
  await look(page, 'desk-handover-done')

  const former = await asOfficer(browser, holder.account)
  assert.equal((await ask(former, '/tasks?view=todo')).rows.filter((row) => row.offered_to === holder.me.user_id).length, 0)
  const response = await citizen.request.post(`/api/v1/cases/${caseNo}/withdrawal`, { headers, data: { action_id: crypto.randomUUID(), reason: '测试结束' } })
  assert.equal(response.ok(), true)
})

test('who may not hand over is told so, on a telephone too', async () => {
  const page = await asOfficer(browser, playing('clerks')[0], PHONE)
  await page.goto('/desk/handover')
  await page.getByText('您没有使用这个页面的权限').waitFor()
  await look(page, 'desk-forbidden')
})
