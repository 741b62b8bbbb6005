// Key data change: correction by the applicant, and four eyes — who accepted may not be the one who checks again.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch } from './browser.mjs'
import { pdf } from './files.mjs'
import { playing } from './people.mjs'
import { asOfficer, asPerson, ask, fill, look, next, passNode, submit } from './steps.mjs'

let browser
before(async () => void (browser = await launch()))
after(() => browser.close())
const headers = { 'x-requested-with': 'renshe' }

async function apply(page, name) {
  await page.goto('/apply/SI-CB-023')
  await Promise.race([page.waitForURL(/\/drafts\/./), page.getByRole('button', { name: '重新填一份' }).waitFor()])
  if (!/\/drafts\/./.test(page.url())) await page.getByRole('button', { name: '重新填一份' }).click()
  await page.waitForURL(/\/drafts\/./)
  await page.locator('.bar .btn.primary').waitFor()
  if ((await page.locator('[data-field=change_items]').count()) === 0) await next(page)
  await fill(page, 'change_items', '姓名')
  await fill(page, 'new_name', name)
  await fill(page, 'basis', '更名')
  if (await page.locator('[data-field=basis_doc_no]').count()) await fill(page, 'basis_doc_no', '沪公户〔2026〕12号')
  await fill(page, 'basis_date', '2026-06-01')
  await next(page)
  const upload = page.locator('.mats input[type=file]').first()
  await upload.setInputFiles({ name: '户籍变更证明.pdf', mimeType: 'application/pdf', buffer: pdf('household') })
  await page.getByText('户籍变更证明.pdf').waitFor()
  await next(page)
  const draft = /\/drafts\/([^?]+)/.exec(page.url())[1]
  const caseNo = await submit(page)
  // Submitted means received: asked again, the server gives the same number and makes no second case.
  const again = await page.request.post(`/api/v1/drafts/${draft}/submission`, { headers })
  assert.equal((await again.json()).case_no, caseNo)
  return caseNo
}

/** Runs `deed` while `login` also holds a role at the district, as a grantor may arrange. */
async function withRole(login, role, deed) {
  const grantor = await asOfficer(browser, playing('grantors')[0])
  const user = (await ask(grantor, `/users?query=${login}`)).rows.find((row) => row.login === login)
  const held = user.roles.map((grant) => ({ role: grant.role, org: grant.org }))
  const set = async (roles) => assert.equal((await grantor.request.put(`/api/v1/users/${user.id}/roles`, { data: { roles }, headers })).ok(), true)
  await set([...held, { role, org: held[0].org }])
  try {
    await deed()
  } finally {
    await set(held)
  }
}

test('a correction goes out once and comes back mended', async () => {
  const page = await asPerson(browser, playing('citizen')[0])
  const caseNo = await apply(page, '吴建新')
  let clerk
  for (const account of playing('clerks')) {
    const desk = await asOfficer(browser, account)
    if ((await ask(desk, `/tasks?view=todo&query=${caseNo}`)).total === 0) continue
    clerk = desk
    break
  }
  await clerk.goto(`/desk/cases/${caseNo}`)
  await clerk.getByRole('button', { name: /领取并办理/ }).click()
  await clerk.getByRole('button', { name: '退回补正' }).click()
  const dialog = clerk.locator('dialog[open]')
  await dialog.getByRole('button', { name: '确认退回补正' }).click()
  await dialog.getByText('请逐项写明').waitFor()
  await dialog.getByRole('button', { name: /户籍变更证明未加盖/ }).click()
  await dialog.locator('#say').fill('请一次补齐')
  await look(clerk, 'desk-correction')
  await dialog.getByRole('button', { name: '确认退回补正' }).click()
  await clerk.getByText(/退回补正已办理/).waitFor()

  await page.goto(`/cases/${caseNo}`)
  await page.getByRole('heading', { name: /请补正以下内容/ }).waitFor()
  await page.getByText('户籍变更证明未加盖户籍专用章').first().waitFor()
  await look(page, 'case-correction')
  await page.getByRole('button', { name: '提交补正' }).click()
  await page.locator('.sum[role=alert]').waitFor()
  await page.getByRole('button', { name: '修改填报内容' }).click()
  await fill(page, 'new_name', '吴建兴')
  await page.fill('#f-note', '已更正姓名并重新加盖户籍专用章')
  await page.getByRole('button', { name: '提交补正' }).click()
  await page.getByText('补正已提交').waitFor()
  const detail = await ask(page, `/cases/${caseNo}`)
  assert.notEqual(detail.state, 'CORRECTION')
  assert.equal(detail.form.flatMap((s) => s.fields).find((f) => f.key === 'new_name').value, '吴建兴')

  await page.goto(`/cases/${caseNo}`)
  await page.getByRole('button', { name: '撤回申请' }).click()
  await page.fill('#why', '不再变更')
  await page.getByRole('button', { name: '确认撤回' }).click()
  await page.getByText('申请已撤回').waitFor()
})

test('four eyes: who accepted is refused at the second review', async (t) => {
  const clerks = playing('clerks')
  if (clerks.length < 2) return t.skip('needs two clerks')
  const page = await asPerson(browser, playing('citizen')[0])
  const caseNo = await apply(page, '吴建新')
  const clerk = await passNode(browser, clerks, caseNo, { name: 'accept' })
  await passNode(browser, playing('reviewers'), caseNo, { name: 'review' })
  await withRole(clerk.login, 'R04', async () => {
    const desk = await asOfficer(browser, clerk)
    assert.equal((await ask(desk, `/tasks?view=todo&query=${caseNo}`)).total, 0, 'not offered to the clerk who accepted')
    await desk.goto(`/desk/cases/${caseNo}`)
    await desk.getByText(/您不能办理/).waitFor()
    assert.equal(await desk.getByRole('button', { name: /领取并办理/ }).count(), 0)
    await look(desk, 'desk-four-eyes')
    const { tasks } = await ask(desk, `/cases/${caseNo}`)
    const refused = await desk.request.post(`/api/v1/tasks/${tasks[0].id}/claim`, { headers })
    assert.ok([403, 409].includes(refused.status()), `claim answered ${refused.status()}`)
    assert.match(refused.headers()['content-type'], /problem\+json/)
  })
  await passNode(browser, playing('recheckers'), caseNo, { name: 'recheck' })
  assert.equal((await ask(page, `/cases/${caseNo}`)).state, 'CLOSED')
  // The name goes back to what it was, so that the test may run again on the same data.
  const back = await apply(page, '吴建国')
  await passNode(browser, clerks, back)
  await passNode(browser, playing('reviewers'), back)
  await passNode(browser, playing('recheckers'), back)
})
