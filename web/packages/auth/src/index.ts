// Who is signed in, what they may see, and the way to the sign-in page and back.

import { type Me, type UserKind, api, asApiError } from '@renshe/api'
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { RouteLocationNormalized, Router } from 'vue-router'

export const useSession = defineStore('session', () => {
  const me = ref<Me | null>(null)
  const ready = ref(false)
  /** The server could not be asked; pages say so instead of pretending nobody is signed in. */
  const unreachable = ref(false)
  let loading: Promise<void> | undefined

  /** Asks the server once who this is; later calls share the answer. */
  function load(): Promise<void> {
    loading ??= api.session
      .current()
      .then((found) => {
        me.value = found ?? null
        unreachable.value = false
      })
      .catch((error: unknown) => {
        me.value = null
        unreachable.value = asApiError(error).transient
        if (unreachable.value) loading = undefined
      })
      .finally(() => {
        ready.value = true
      })
    return loading
  }

  async function signIn(login: string, password: string, channel: 'web' | 'mobile' | 'window' = 'web'): Promise<Me> {
    const found = await api.session.signIn({ login: login.trim(), password, channel })
    me.value = found
    loading = Promise.resolve()
    ready.value = true
    return found
  }

  async function signOut(): Promise<void> {
    try {
      await api.session.signOut()
    } finally {
      me.value = null
      loading = Promise.resolve()
    }
  }

  /** The server says that the session has ended. */
  function ended(): void {
    me.value = null
    loading = Promise.resolve()
  }

  const can = (permission: string): boolean => me.value?.permissions.includes(permission) ?? false
  const canAny = (...permissions: string[]): boolean => permissions.some(can)
  return { me, ready, unreachable, load, signIn, signOut, ended, can, canAny, kind: computed(() => me.value?.kind ?? null) }
})

declare module 'vue-router' {
  interface RouteMeta {
    title?: string
    /** Who may open the page; absent means everybody. */
    kinds?: UserKind[]
    /** Any of these permissions. */
    needs?: string[]
    /** Navigation entry this page belongs to. */
    section?: string
    bare?: boolean
  }
}

export interface GuardOptions {
  site: string
  signIn: string
  forbidden: string
  passwordPage?: string
}

/** Sends visitors to sign-in and back, keeps pages to those they are for, and names the window. */
export function guard(router: Router, options: GuardOptions): void {
  router.beforeEach(async (to) => {
    const session = useSession()
    await session.load()
    const kinds = to.meta.kinds
    if (kinds && !session.me) return { path: options.signIn, query: { to: to.fullPath } }
    if (session.me?.must_change_password && options.passwordPage && to.path !== options.passwordPage && to.path !== options.signIn) return { path: options.passwordPage, query: { to: to.fullPath } }
    if (kinds && session.me && !kinds.includes(session.me.kind)) return { path: options.forbidden, query: { from: to.path } }
    if (to.meta.needs && !session.canAny(...to.meta.needs)) return { path: options.forbidden, query: { from: to.path } }
    return true
  })
  router.afterEach((to) => {
    document.title = to.meta.title ? `${to.meta.title} - ${options.site}` : options.site
  })
  api.client.onUnauthenticated = () => {
    const session = useSession()
    const had = session.me !== null
    session.ended()
    const here = router.currentRoute.value
    if (had && here.meta.kinds) void router.push({ path: options.signIn, query: { to: here.fullPath, ended: '1' } })
  }
}

/** Where to go after sign-in: only places inside this site. */
export function backTo(route: RouteLocationNormalized, home: string): string {
  const wanted = route.query['to']
  return typeof wanted === 'string' && wanted.startsWith('/') && !wanted.startsWith('//') && !wanted.startsWith('/\\') ? wanted : home
}
