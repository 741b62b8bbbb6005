// The typed door to the server. One instance a page; slices are thin functions over one client.

import { Client, type ClientOptions } from './client.ts'
import { accessApi } from './slices/access.ts'
import { casesApi } from './slices/cases.ts'
import { documentsApi } from './slices/documents.ts'
import { draftsApi } from './slices/drafts.ts'
import { insuranceApi } from './slices/insurance.ts'
import { itemsApi } from './slices/items.ts'
import { messagesApi } from './slices/messages.ts'
import { policyApi } from './slices/policy.ts'
import { sessionApi } from './slices/session.ts'
import { tasksApi } from './slices/tasks.ts'

export function createApi(options: ClientOptions = {}) {
  const client = new Client(options)
  return {
    client,
    session: sessionApi(client),
    items: itemsApi(client),
    drafts: draftsApi(client),
    cases: casesApi(client),
    tasks: tasksApi(client),
    policy: policyApi(client),
    insurance: insuranceApi(client),
    messages: messagesApi(client),
    documents: documentsApi(client),
    access: accessApi(client),
  }
}

export type Api = ReturnType<typeof createApi>

/** The page's own instance. */
export const api: Api = createApi()

export { Client, actionId } from './client.ts'
export type { CallOptions, ClientOptions, Query } from './client.ts'
export { ApiError, asApiError } from './problem.ts'
export type { Problem, ProblemField } from './problem.ts'
export * from './format/money.ts'
export * from './format/time.ts'
export * from './format/mask.ts'
export * from './words.ts'
export type * from './slices/common.ts'
export type * from './slices/session.ts'
export type * from './slices/items.ts'
export type * from './slices/drafts.ts'
export type * from './slices/cases.ts'
export type * from './slices/tasks.ts'
export type * from './slices/policy.ts'
export type * from './slices/insurance.ts'
export type * from './slices/messages.ts'
export type * from './slices/documents.ts'
export type * from './slices/access.ts'
