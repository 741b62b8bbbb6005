// What both applications build alike.
import vue from '@vitejs/plugin-vue'
import elementPlus from 'unplugin-element-plus/vite'
import type { UserConfig } from 'vite'

export function shared(base: string, port: number): UserConfig {
  return {
    base,
    plugins: [vue(), elementPlus({})],
    build: {
      // The floor of the domestic Chromium-based browsers in use.
      target: ['chrome86'],
      manifest: true,
      // A data: script or style would need a looser content policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 700,
    },
    server: { port, proxy: { '/api': process.env['RENSHE_SERVER'] ?? 'http://127.0.0.1:8080' } },
  }
}
