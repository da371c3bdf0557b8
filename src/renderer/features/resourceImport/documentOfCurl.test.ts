import { describe, expect, it } from 'vitest';
import { documentOfCurl } from './documentOfCurl.ts';

describe('a pasted curl command', () => {
  it('is one operation behind the base URL', () => {
    const read = documentOfCurl("curl 'https://api.ex.test/v2/items?size=2'", 'https://api.ex.test/v2');
    expect(read).toMatchObject({
      ok: true,
      document: {
        servers: [],
        warnings: [],
        operations: [{ resource: { name: 'items', method: 'GET', path: '/items' }, isLikely: true }],
      },
    });
  });

  it('says where the API is, when nobody has said it yet', () => {
    const read = documentOfCurl('curl https://api.ex.test/items', 'https://');
    expect(read).toMatchObject({ document: { servers: [{ url: 'https://api.ex.test' }], warnings: [] } });
  });

  it('leaves out how it logs in, and says so', () => {
    const read = documentOfCurl('curl -u ann:pw-4711 https://api.ex.test/items', 'https://api.ex.test');
    expect(read.ok && read.document.warnings).toHaveLength(1);
    expect(JSON.stringify(read)).not.toContain('pw-4711');
  });

  it.each(['wget https://api.ex.test', 'curl -X DELETE https://api.ex.test/items/1'])(
    'is refused when it reads nothing: %s',
    (command) => {
      expect(documentOfCurl(command, 'https://api.ex.test').ok).toBe(false);
    },
  );
});
