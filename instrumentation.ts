/** Runs once when the server starts; everything Node-only is behind the import. */
export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs') await (await import('./app/boot.ts')).boot()
}
