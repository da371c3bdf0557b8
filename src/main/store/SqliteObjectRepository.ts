import { z } from 'zod';
import { type KeptObject, type KeptObjects, keptObjectSchema } from '../../shared/model/keptObjects.ts';
import { maxFavourites, maxRecent, maxRecentOfSource } from '../../shared/model/objectLimits.ts';
import type { NodeRef } from '../../shared/model/schemaTree.ts';
import { AppError } from '../base/AppError.ts';
import type { ObjectRepository } from '../query/ObjectRepository.ts';
import type { Database, Statement } from './Database.ts';
import { parseJson } from './parseJson.ts';

type Turn = 'favourite_turn' | 'opened_turn';

const rowSchema = z.object({ source: z.string(), node: z.string() });
const countSchema = z.object({ count: z.number() });

/** The same reference is always the same text. */
const textOf = ({ kind, name, qualifier, schema }: NodeRef): string =>
  JSON.stringify({ schema, name, kind, qualifier });

/** What one cannot read is left out, as after a step back to an older version. */
function objectOf(row: unknown): KeptObject[] {
  const { node, source } = rowSchema.parse(row);
  const { data } = keptObjectSchema.safeParse({ sourceId: source, node: parseJson(node) });
  return data === undefined ? [] : [data];
}

/** Favourites and objects that were opened lately, in SQLite. */
export class SqliteObjectRepository implements ObjectRepository {
  readonly #database: Database;
  readonly #take: Readonly<Record<Turn, Statement>>;
  readonly #favourites: Statement;
  readonly #recent: Statement;
  readonly #favouriteCount: Statement;
  readonly #unmark: Statement;
  readonly #forgetOldOfSource: Statement;
  readonly #forgetOld: Statement;
  readonly #clear: Statement;
  readonly #deleteUnused: Statement;

  constructor(database: Database) {
    this.#database = database;
    const take = (turn: Turn, renews: boolean): Statement =>
      database.prepare(
        `INSERT INTO kept_objects (data_source_id, node, ${turn})
           SELECT id, ?, (SELECT coalesce(max(${turn}), 0) + 1 FROM kept_objects) FROM data_sources WHERE id = ?
         ON CONFLICT (data_source_id, node) DO UPDATE
           SET ${turn} = ${renews ? `excluded.${turn}` : `coalesce(${turn}, excluded.${turn})`}`,
      );
    this.#take = {
      favourite_turn: take('favourite_turn', false),
      opened_turn: take('opened_turn', true),
    };
    const list = (turn: Turn, order: string): Statement =>
      database.prepare(
        `SELECT data_source_id AS source, node FROM kept_objects
          WHERE ${turn} IS NOT NULL ORDER BY ${turn} ${order} LIMIT ?`,
      );
    this.#favourites = list('favourite_turn', 'ASC');
    this.#recent = list('opened_turn', 'DESC');
    this.#favouriteCount = database.prepare(
      'SELECT count(*) AS count FROM kept_objects WHERE favourite_turn IS NOT NULL',
    );
    this.#unmark = database.prepare(
      'UPDATE kept_objects SET favourite_turn = NULL WHERE data_source_id = ? AND node = ?',
    );
    const forget = (where: string): Statement =>
      database.prepare(
        `UPDATE kept_objects SET opened_turn = NULL WHERE ${where} opened_turn <=
           (SELECT opened_turn FROM kept_objects WHERE ${where} opened_turn IS NOT NULL
             ORDER BY opened_turn DESC LIMIT 1 OFFSET ?)`,
      );
    this.#forgetOldOfSource = forget('data_source_id = ? AND');
    this.#forgetOld = forget('');
    this.#clear = database.prepare('UPDATE kept_objects SET opened_turn = NULL');
    this.#deleteUnused = database.prepare(
      'DELETE FROM kept_objects WHERE favourite_turn IS NULL AND opened_turn IS NULL',
    );
  }

  list(): KeptObjects {
    return {
      favourites: this.#favourites.all(maxFavourites).flatMap(objectOf),
      recent: this.#recent.all(maxRecent).flatMap(objectOf),
    };
  }

  setFavourite({ node, sourceId }: KeptObject, isFavourite: boolean): void {
    this.#database.transaction(() => {
      if (!isFavourite) {
        this.#unmark.run(sourceId, textOf(node));
        this.#deleteUnused.run();
        return;
      }
      this.#take.favourite_turn.run(textOf(node), sourceId);
      if (countSchema.parse(this.#favouriteCount.get()).count > maxFavourites) throw tooManyFavourites();
    });
  }

  opened({ node, sourceId }: KeptObject): void {
    this.#database.transaction(() => {
      this.#take.opened_turn.run(textOf(node), sourceId);
      this.#forgetOldOfSource.run(sourceId, sourceId, maxRecentOfSource);
      this.#forgetOld.run(maxRecent);
      this.#deleteUnused.run();
    });
  }

  clearRecent(): void {
    this.#database.transaction(() => {
      this.#clear.run();
      this.#deleteUnused.run();
    });
  }
}

const tooManyFavourites = (): AppError =>
  new AppError('TOO_LARGE', {
    title: `There are ${maxFavourites} favourites already`,
    fixes: ['Remove some of them first.'],
  });
