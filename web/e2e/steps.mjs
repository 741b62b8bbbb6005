// What people do, in the words of the tests.
import assert from 'node:assert/strict'
import { WIDE, axe, overflows, settle, shoot, signIn, visit } from './browser.mjs'

/** Looks at the page as it stands: no accessibility fault, no error in the console, nothing sideways; takes its picture. */
export async function look(page, name) {
  await settle(page)
  const width = page.viewportSize().width
  await shoot(page, `${name}-${width}`)
  assert.deepEqual(await axe(page), [], `${name}: accessibility`)
  assert.deepEqual(page.faults, [], `${name}: errors on the page`)
  if (width < 500) assert.equal(await overflows(page), false, `${name}: scrolls sideways`)
}

/** One GET as the signed-in visitor. */
export async function ask(page, path) {
  const response = await page.request.get(`/api/v1${path}`)
  assert.equal(response.ok(), true, `GET ${path}: ${response.status()} ${await response.text()}`)
  return response.json()
}

export async function asPerson(browser, account, viewport = WIDE) {
  const page = await visit(browser, viewport)
  await signIn(page, account)
  return page
}

export async function asOfficer(browser, account, viewport = WIDE) {
  const page = await visit(browser, viewport)
  await signIn(page, account, true)
  return page
}

/** Fills one field of a form, whatever its kind. */
export async function fill(page, key, value) {
  const home = page.locator(`[data-field="${key}"]`)
  await home.first().waitFor()
  const kind = await home.evaluate((el) => {
    if (el.querySelector('[role=radiogroup], [role=group]')) return 'choice'
    if (el.querySelector('select')) return 'select'
    if (el.querySelector('.el-date-editor')) return 'picker'
    if (el.querySelector('input[type=month], input[type=date]')) return 'native'
    return 'text'
  })
  if (kind === 'choice') {
    for (const text of [value].flat()) await home.getByText(text, { exact: true }).click()
    return
  }
  if (kind === 'select') return void (await home.locator('select').selectOption({ label: value }))
  const input = home.locator('input, textarea').first()
  await input.fill(value)
  if (kind === 'picker') await input.press('Enter')
  await input.blur()
}

export async function next(page) {
  const before = page.url()
  await page.click('.bar .btn.primary')
  await page.waitForFunction((url) => location.href !== url || document.querySelector('.sum[role=alert]'), before)
}

/** Waits until the draft says that it is saved. */
export async function saved(page) {
  await page.getByText(/已保存 \d\d:\d\d/).waitFor()
}

/** Submits from the last page of a draft and gives the case number. */
export async function submit(page) {
  await page.locator('.agree input').check()
  await page.getByRole('button', { name: '确认提交' }).click()
  await page.waitForURL(/\/cases\/[^/]+\/receipt$/)
  return decodeURIComponent(/\/cases\/([^/]+)\/receipt/.exec(page.url())[1])
}

/**
 * The officer to whom the case was offered takes it, and passes it.
 * Dispatch chose one of several; those who were not chosen do not see it in their list.
 */
export async function passNode(browser, accounts, caseNo, { name, looked = false } = {}) {
  for (const account of accounts) {
    const page = await asOfficer(browser, account)
    const todo = await ask(page, `/tasks?view=todo&query=${caseNo}`)
    if (todo.total === 0) {
      await page.context().close()
      continue
    }
    await page.goto(`/desk/?query=${caseNo}`)
    await page.locator('tbody tr', { hasText: caseNo }).waitFor()
    if (looked) await look(page, `desk-queue-${name}`)
    await page.locator('tbody tr', { hasText: caseNo }).getByRole('button', { name: /领取/ }).click()
    await page.waitForURL(/\/desk\/cases\//)
    await page.getByRole('button', { name: /^通过/ }).waitFor()
    // The officer sees what was handed in, not only its name.
    if (await page.locator('.strip button').count()) await page.locator('.sheet iframe, .sheet img').first().waitFor()
    if (looked) await look(page, `desk-case-${name}`)
    await page.getByRole('button', { name: /^通过/ }).click()
    const dialog = page.locator('dialog[open]')
    await dialog.locator('.chips button').first().click()
    await dialog.getByRole('button', { name: '确认通过' }).click()
    await page.getByText(/通过已办理/).waitFor()
    await page.context().close()
    return account
  }
  throw new Error(`nobody was offered ${caseNo}: ${accounts.map((a) => a.login).join(', ')}`)
}
