// identity: who is signed in.

import type { Client } from '../client.ts'

export type UserKind = 'staff' | 'citizen' | 'employer'

export interface Role {
  code: string
  name: string
}

export interface Me {
  user_id: string
  login: string
  name: string
  kind: UserKind
  organisation?: { code: string; name: string } | null
  person_no?: string | null
  employer?: { employer_no: string; name: string } | null
  roles: Role[]
  permissions: string[]
  /** Places the officer may work at. */
  posts?: { code: string; name: string; roles: string[]; current: boolean }[]
  must_change_password: boolean
  expires_at: string
}

export interface SignIn {
  login: string
  password: string
  channel?: 'web' | 'window' | 'mobile' | 'kiosk'
}

export const sessionApi = (client: Client) => ({
  current: () => client.get<Me>('/session', { quiet401: true }),
  signIn: (body: SignIn) => client.post<Me>('/session', body, { quiet401: true }),
  signOut: () => client.delete('/session', { quiet401: true }),
  /** Works at another of the officer's posts from the next request on. */
  takePost: (organisation: string) => client.put<void>('/session/post', { organisation }),
  changePassword: (old_password: string, new_password: string) => client.put<void>('/session/password', { old: old_password, new: new_password }),
})
