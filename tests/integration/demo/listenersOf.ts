import { readdir, readFile, readlink } from 'node:fs/promises';

const listening = '0A';

/** What a Linux process listens on: TCP as `address:port`, sockets in the file system as their path. */
export async function listenersOf(pid: number): Promise<string[]> {
  const inodes = await socketInodes(pid);
  const owned = (fields: readonly string[], column: number) => inodes.has(fields[column] ?? '');
  const tcp = [...(await table(pid, 'tcp')), ...(await table(pid, 'tcp6'))]
    .filter((fields) => fields[3] === listening && owned(fields, 9))
    .map((fields) => address(fields[1] ?? ''));
  const unix = (await table(pid, 'unix'))
    .filter((fields) => owned(fields, 6))
    .map((fields) => fields[7])
    .filter((path) => path !== undefined);
  return [...tcp, ...unix];
}

async function socketInodes(pid: number): Promise<Set<string>> {
  const names = await readdir(`/proc/${pid}/fd`);
  const links = await Promise.all(names.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => '')));
  return new Set(links.map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? ''));
}

async function table(pid: number, name: string): Promise<string[][]> {
  const text = await readFile(`/proc/${pid}/net/${name}`, 'utf8');
  const lines = text.trim().split('\n').slice(1);
  return lines.map((line) => line.trim().split(/\s+/));
}

/** `0100007F:3C48` is 127.0.0.1:15432; an address of another length is shown as it is. */
function address(text: string): string {
  const [host = '', port = ''] = text.split(':');
  const bytes = host.length === 8 ? [...Buffer.from(host, 'hex')].reverse().join('.') : host;
  return `${bytes}:${Number.parseInt(port, 16)}`;
}
