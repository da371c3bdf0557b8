import { describe, expect, it } from 'vitest';
import { modesOf } from '../../../../shared/engines/mysql/sql/sqlMode.ts';
import { ServerError } from '../protocol/ServerError.ts';
import { markOf, withoutMark } from './markedText.ts';

const traceMark = {
  traceparent: '00-b3f0c2de54f14b0f9b573f6f1f7f2c11-9b573f6f1f7f2c11-01',
  ...{ inComment: true, inApplicationName: true },
};
const comment = `/*traceparent='${traceMark.traceparent}'*/`;
const plain = [modesOf('')];
const any = ['', 'ANSI_QUOTES', 'NO_BACKSLASH_ESCAPES', 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'].map(modesOf);
const mark = (text: string, readings = plain) => markOf({ text, traceMark }, text, readings);

describe('the mark behind a statement of MySQL', () => {
  it.each([
    ['SELECT 1', ` ${comment}`],
    ['SELECT 1 -- end', `\n${comment}`],
    ['SELECT 1 # end', `\n${comment}`],
    ['SELECT 1--1', ` ${comment}`],
    [String.raw`SELECT 'it\'s'`, ` ${comment}`],
    ['/* first */ SELECT "/*"', ` ${comment}`],
  ])('is a comment that the server reads as one: %s', (text, sent) => {
    expect(mark(text)).toBe(sent);
  });

  it.each([
    ['a string that nothing closes', "SELECT 'open"],
    ['a name that nothing closes', 'SELECT `open'],
    ['a comment that nothing closes, which it would close', 'SELECT 1 /* open'],
    ['a comment that the server runs', 'SELECT 1 /*! + 1'],
    ['one for a version', 'SELECT 1 /*!50000 + 1 */'],
    ['one for MariaDB', 'SELECT 1 /*M!100000 + 1 */'],
    ['a routine, which keeps its text', 'CREATE PROCEDURE p() SELECT 1'],
    ['an event', 'ALTER EVENT e DO SELECT 1'],
    ['a statement about the session', 'SET @x = 1'],
  ])('is not there for %s', (_, text) => {
    expect(mark(text)).toBe('');
  });

  it('is not there where the server may read the text in more than one way', () => {
    const text = String.raw`SELECT 'it\' , 'x'`;
    expect(mark(text, any)).toBe('');
    expect(mark('SELECT 1', any)).toBe(` ${comment}`);
  });
});

describe('an error of a statement with a mark', () => {
  const near = (quoted: string) => new ServerError(1064, '42000', `syntax error near '${quoted}' at line 1`);
  const cleaned = (quoted: string) => withoutMark(near(quoted), ` ${comment}`);

  it.each([
    ['all of it', `FROM FROM ${comment}`, 'FROM FROM'],
    ['its beginning', `FROM FROM ${comment.slice(0, 20)}`, 'FROM FROM'],
    ['its beginning, as MariaDB cuts it', `FROM FROM ${comment.slice(0, 17)}...`, 'FROM FROM'],
    ['nothing else', comment, ''],
  ])('says nothing of the mark, where the server quotes %s', (_, quoted, left) => {
    expect(cleaned(quoted)).toMatchObject({ message: near(left).message, errno: 1064, code: '1064 (42000)' });
  });

  it('is left alone where the server quotes something else', () => {
    expect(cleaned('FROM /* mine */ FROM')).toMatchObject({ message: near('FROM /* mine */ FROM').message });
    expect(withoutMark(near('x'), '')).toMatchObject({ message: near('x').message });
  });
});
