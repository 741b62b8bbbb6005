// access and identity for administrators: accounts, roles, the organisation tree.

import type { Client } from '../client.ts'
import type { Page, PageQuery } from './common.ts'
import type { UserKind } from './session.ts'

export interface Grant {
  role: string
  role_name: string
  org: string
  org_name: string
}

export interface UserRow {
  id: string
  login: string
  name: string
  kind: UserKind
  organisation?: { code: string; name: string } | null
  employer?: { employer_no: string; name: string } | null
  status: 'active' | 'disabled'
  must_change_password: boolean
  roles: Grant[]
  created_at: string
  last_sign_in_at?: string | null
}

export interface UserDetail extends UserRow {
  /** Until when the login is locked after failures. */
  locked_until?: string | null
}

export interface NewUser {
  kind: UserKind
  login: string
  name: string
  organisation?: string
  person_no?: string
  employer_no?: string
  employer_name?: string
}

/** A one-time password, shown once. */
export interface Issued {
  id: string
  login: string
  password: string
}

export interface LiveSession {
  id: string
  channel: string
  client?: string | null
  opened_at: string
  last_seen_at: string
  current: boolean
}

export interface Organisation {
  code: string
  name: string
  level: 'city' | 'district' | 'community'
  parent?: string | null
  path: string
}

export interface RoleDetail {
  code: string
  name: string
  levels: Organisation['level'][]
  permissions: { code: string; name: string }[]
  excludes: string[]
  /** Whether the reader may grant it. */
  grantable: boolean
}

export const accessApi = (client: Client) => ({
  users: (query: PageQuery & { query?: string; kind?: string }) => client.get<Page<UserRow>>('/users', { query }),
  user: (id: string) => client.get<UserDetail>(`/users/${id}`),
  create: (body: NewUser) => client.post<Issued>('/users', body),
  setStatus: (id: string, status: 'active' | 'disabled') => client.put<void>(`/users/${id}/status`, { status }),
  unlock: (id: string) => client.post<void>(`/users/${id}/unlock`),
  resetPassword: (id: string) => client.post<Issued>(`/users/${id}/password`),
  sessions: (id: string) => client.get<LiveSession[]>(`/users/${id}/sessions`),
  setRoles: (id: string, roles: { role: string; org: string }[]) => client.put<void>(`/users/${id}/roles`, { roles }),
  endSessions: (id: string) => client.delete(`/users/${id}/sessions`),
  organisations: () => client.get<Organisation[]>('/organisations'),
  roles: () => client.get<RoleDetail[]>('/roles'),
})
