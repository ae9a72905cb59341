import type { ManagerName } from './managers.ts'

export const PORT = '4873'
export const REGISTRY = `http://127.0.0.1:${PORT}/`

const common = (scripts: boolean) => ({
  registry: REGISTRY,
  // Archives named by a full address come from our registry as well; their integrity is the lockfile's.
  replace_registry_host: 'always',
  https_proxy: `http://127.0.0.1:${PORT}`,
  proxy: `http://127.0.0.1:${PORT}`,
  noproxy: '127.0.0.1,localhost',
  ignore_scripts: String(!scripts),
  cache: '/tmp/npm',
  audit: 'false',
  fund: 'false',
  update_notifier: 'false',
  fetch_retries: '1',
})

const PNPM = {
  store_dir: '/tmp/pnpm-store',
  cache_dir: '/tmp/pnpm-cache',
  state_dir: '/tmp/pnpm-state',
  package_import_method: 'copy',
  // Code of the repository, and a download of another version of itself.
  ignore_pnpmfile: 'true',
  manage_package_manager_versions: 'false',
  verify_store_integrity: 'true',
}

const prefixed = (prefix: string, settings: Record<string, string>) =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [`${prefix}${name}`, value]))

const OWN: Record<ManagerName, (scripts: boolean) => Record<string, string>> = {
  npm: () => ({}),
  yarn: () => ({ ...prefixed('yarn_', { registry: REGISTRY, cache_folder: '/tmp/yarn' }), YARN_IGNORE_PATH: '1' }),
  berry: (scripts) => ({
    // Without these yarn would run the release, or use the links, that the repository brings.
    ...{ YARN_IGNORE_PATH: '1', YARN_NODE_LINKER: 'node-modules', YARN_ENABLE_SCRIPTS: String(scripts) },
    ...{ YARN_NPM_REGISTRY_SERVER: REGISTRY.slice(0, -1), YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1' },
    ...{ YARN_GLOBAL_FOLDER: '/tmp/yarn', YARN_ENABLE_GLOBAL_CACHE: 'true', YARN_ENABLE_TELEMETRY: '0' },
    ...{ YARN_ENABLE_PROGRESS_BARS: '0', YARN_HTTP_RETRY: '1' },
  }),
  pnpm: (scripts) => ({
    ...prefixed('npm_config_', PNPM),
    ...prefixed('pnpm_config_', { ...PNPM, registry: REGISTRY, ignore_scripts: String(!scripts) }),
  }),
  bun: () => ({ BUN_CONFIG_REGISTRY: REGISTRY, BUN_INSTALL_CACHE_DIR: '/tmp/bun', DO_NOT_TRACK: '1' }),
  pip: () => ({
    ...{ PIP_INDEX_URL: `${REGISTRY}simple/`, PIP_TRUSTED_HOST: '127.0.0.1', PIP_NO_CACHE_DIR: '1', PIP_RETRIES: '1' },
    ...{ PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1', PIP_CONFIG_FILE: '/dev/null' },
  }),
}

/** A manager's settings as environment, where they stand above every file a repository may bring. */
export const settingsOf = (manager: ManagerName, scripts: boolean): Record<string, string> => ({
  ...prefixed('npm_config_', common(scripts)),
  ...OWN[manager](scripts),
  PATH: `/opt/manager/.bin:/opt/manager/@oven/bun-linux-${process.arch === 'x64' ? 'x64' : 'aarch64'}/bin:/opt/node/bin:/usr/bin:/bin`,
})
