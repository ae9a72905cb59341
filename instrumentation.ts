/** Runs once when the server starts; everything Node-only is behind the import. */
export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs') await (await import('./app/boot.ts')).boot()
}

/** What a page or a door threw and nobody caught. `routePath` is the route's own name, without anybody's ids or queries. */
export async function onRequestError(error: unknown, _: unknown, { routePath }: { routePath: string }) {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { observer } = (await import('./app/world.ts')).world()
    observer.failed(error, { route: routePath })
    await observer.flush()
  }
}
