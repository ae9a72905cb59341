/** What a repository's tests find in their environment: what the sandbox gives, that it is CI, and what was declared. */
export function environment(declared: Record<string, string>): Record<string, string> {
  return {
    PATH: '/opt/node/bin:/usr/local/bin:/usr/bin:/bin',
    HOME: '/home/agent',
    TMPDIR: '/tmp',
    LANG: 'C.UTF-8',
    // Runners print no colours and do not watch for changes.
    ...{ CI: '1', NO_COLOR: '1', FORCE_COLOR: '0', TERM: 'dumb' },
    ...{ npm_config_offline: 'true', npm_config_update_notifier: 'false', npm_config_loglevel: 'error' },
    ...declared,
  }
}
