type Environment = Readonly<Record<string, string | undefined>>

/** What settings are written in, and what tells where systemd keeps secrets; both are the daemon's. */
const OF_THE_DAEMON = /^(SNET_|INFRA_|CREDENTIALS_DIRECTORY$|NOTIFY_SOCKET$|LISTEN_)/

/** The variables that programs of others, started by the daemon, may see. */
export const childEnvironment = (env: Environment): Environment =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !OF_THE_DAEMON.test(name)))
