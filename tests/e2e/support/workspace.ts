import { rmSync } from 'node:fs';
import type { ElectronApplication, Page } from '@playwright/test';
import { MysqlCluster } from '../../support/mysql/MysqlCluster.ts';
import { PostgresCluster } from '../../support/postgresCluster.ts';
import { launchApp, type RunningApp } from './launchApp.ts';
import { editor } from './queryTab.ts';
import { pasteUrl, saveAndConnect } from './steps.ts';
import { test as base, expect, temporaryUserData } from './test.ts';
import { tabStrips } from './window.ts';

/** How an engine writes what tests of results need. */
export interface Engine {
  readonly name: string;
  /** Of its query tab among all tabs. */
  readonly place: number;
  /** Numbers from 1 as `g`, for behind FROM. */
  readonly series: (count: number) => string;
  /** A value as text. */
  readonly text: (value: string) => string;
  readonly quoted: (name: string) => string;
}

export const postgres: Engine = {
  name: 'PostgreSQL',
  place: 1,
  series: (count) => `generate_series(1, ${count}) g`,
  text: (value) => `CAST(${value} AS text)`,
  quoted: (name) => `"${name}"`,
};

export const mariadb: Engine = {
  name: 'MariaDB',
  place: 3,
  series: (count) => `(SELECT CAST(seq AS INT) AS g FROM seq_1_to_${count}) s`,
  text: (value) => `CAST(${value} AS CHAR)`,
  quoted: (name) => `\`${name}\``,
};

/** An app with two connected servers and a query tab for each. */
export class Workspace {
  readonly userData = temporaryUserData();
  readonly #servers: readonly [PostgresCluster, MysqlCluster];
  #running: RunningApp | null = null;

  private constructor(servers: readonly [PostgresCluster, MysqlCluster]) {
    this.#servers = servers;
  }

  static async start(): Promise<Workspace> {
    const servers = await Promise.all([
      PostgresCluster.start(),
      MysqlCluster.start({ product: 'mariadb', sql: ['CREATE DATABASE shop'] }),
    ]);
    const workspace = new Workspace(servers);
    await workspace.#open();
    return workspace;
  }

  get app(): ElectronApplication {
    return this.#app.app;
  }

  get page(): Page {
    return this.#app.page;
  }

  /** Brings the query tab of an engine to the front. Its title is that of what was run. */
  async show({ place }: Engine): Promise<void> {
    await tabStrips(this.page).getByRole('tab').nth(place).click();
  }

  /** Quits the app and starts it again. */
  async restart(): Promise<void> {
    await this.#app.close();
    this.#running = await launchApp({ userData: this.userData });
  }

  async dispose(): Promise<void> {
    await this.#running?.close();
    for (const server of this.#servers) await server.dispose();
    rmSync(this.userData, { recursive: true, force: true, maxRetries: 15, retryDelay: 200 });
  }

  get #app(): RunningApp {
    if (this.#running === null) throw new Error('The app does not run');
    return this.#running;
  }

  async #open(): Promise<void> {
    this.#running = await launchApp({ userData: this.userData });
    const [postgresServer, mariadbServer] = this.#servers;
    for (const url of [
      `postgresql://postgres:${postgresServer.password}@127.0.0.1:${postgresServer.port}/postgres?sslmode=disable`,
      `mariadb://root:${mariadbServer.password}@127.0.0.1:${mariadbServer.port}/shop?ssl-mode=DISABLED`,
    ]) {
      await pasteUrl(this.page, url);
      await saveAndConnect(this.page);
      await this.page.keyboard.press('Control+t');
      await expect(editor(this.page)).toBeVisible();
    }
  }
}

/** Tests of one worker share a workspace; each begins with what the one before it left. */
export const test = base.extend<object, { workspace: Workspace }>({
  workspace: [
    async ({ display: _display }, use) => {
      const workspace = await Workspace.start();
      await use(workspace);
      await workspace.dispose();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});
