/** Where the servers are that tests start. */

import { canReach } from '../session/sessionUser.mjs';
import { inCache } from './cacheFolder.mjs';
import { installedMysql } from './mysqlServer.mjs';
import { installedPrometheus } from './prometheusServer.mjs';
import { findProgram } from './runCommand.mjs';

/**
 * @typedef {object} TestServers
 * @property {{ server: string, installer: string } | undefined} mariadb paths of its programs
 * @property {import('./mysqlServer.mjs').MysqlInstallation | undefined} mysql that of root is to be seen in a session only
 * @property {import('./prometheusServer.mjs').PrometheusInstallation | undefined} prometheus
 * @property {{ server: string } | undefined} redis its server, which has to be called by the name `redis-server`
 * @property {string} templates a folder for data folders that are copied; need not be there yet
 */

/**
 * Only looks, in some milliseconds.
 * @returns {TestServers}
 */
export function resolveTestServers() {
  const server = findProgram('mariadbd');
  const installer = findProgram('mariadb-install-db');
  const redis = process.env.MOORING_REDIS_SERVER ?? findProgram('redis-check-rdb');
  const mysql = installedMysql();
  return {
    mariadb: server && installer ? { server, installer } : undefined,
    mysql: mysql && canReach(mysql.folder) ? mysql : undefined,
    prometheus: installedPrometheus(),
    redis: redis ? { server: redis } : undefined,
    templates: inCache('server-templates'),
  };
}
