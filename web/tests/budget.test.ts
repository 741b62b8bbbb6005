import { describe, expect, it } from 'vitest'
import { budgets } from '../scripts/budget.mjs'

// What a citizen on a phone downloads before the first page shows; needs `npm run build` first.
describe('bundle budgets', () => {
  for (const { app, limit, size } of budgets()) {
    it.skipIf(size === null)(`${app} loads at most ${limit / 1000} kB of script before its first page`, () => {
      expect(size).toBeLessThanOrEqual(limit)
    })
  }
})
