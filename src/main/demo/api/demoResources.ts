/** What the demo API has to read, over the tables of the demo database. */

/** A JSON schema of OpenAPI 3.1, as far as the demo needs one. */
export interface ColumnSchema {
  readonly type: string | readonly [string, 'null'];
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: ColumnSchema;
}

export interface DemoColumn {
  readonly name: string;
  readonly schema: ColumnSchema;
  readonly description: string;
}

/**
 * How pages follow each other.
 * - `page`: `page` and `limit`, with the total.
 * - `cursor`: `cursor` and `limit`; an answer names the next cursor.
 * - `link`: `page` and `per_page`; the records are the whole answer, and the `Link` header names the next page.
 */
export type DemoPaging = 'page' | 'cursor' | 'link';

export interface DemoResource {
  /** Behind the base URL; `{id}` is the customer's. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly table: string;
  readonly columns: readonly DemoColumn[];
  /** Columns that are also parameters: only records with that value are answered. */
  readonly filters: readonly string[];
  readonly paging: DemoPaging;
  /** The column that `{id}` of the path is compared with. */
  readonly parentColumn: string | null;
}

const text = { type: 'string' };
const integer = { type: 'integer', format: 'int64' };
const amount = { type: 'number' };
const instant = { type: 'string', format: 'date-time' };
const orNull = ({ type, ...rest }: { type: string; format?: string }): ColumnSchema => ({
  type: [type, 'null'],
  ...rest,
});
const column = (name: string, schema: ColumnSchema, description: string): DemoColumn => ({
  name,
  schema,
  description,
});

const customerColumns = [
  column('id', integer, 'Number of the customer'),
  column('code', text, 'Number as it is printed on invoices'),
  column('full_name', text, 'Name in the customer’s own script and order'),
  column('email', orNull(text), 'Address for invoices; null when they go by post'),
  column('birth_date', orNull({ type: 'string', format: 'date' }), 'Null when not told'),
  column('locale', text, 'Language of letters, as a BCP 47 tag'),
  column('country', text, 'Country code, ISO 3166-1 alpha-2'),
  column('address', { type: 'object' }, 'Street, number, city and post code'),
  column('tags', { type: 'array', items: text }, 'Free words to group customers by'),
  column('credit_limit', orNull(amount), 'In euros; null means payment in advance'),
  column('loyalty_points', { type: 'integer' }, 'Points that can be spent'),
  column('is_active', { type: 'boolean' }, 'Whether the customer may order'),
  column('created_at', instant, 'When the customer registered'),
];

const productColumns = [
  column('id', { type: 'integer' }, 'Number of the product'),
  column('sku', text, 'Stock keeping unit'),
  column('title', text, 'Name on the shelf, in the language of its maker'),
  column('category', text, 'Department'),
  column('price', amount, 'Price of a piece, in euros'),
  column('weight_grams', orNull({ type: 'integer' }), 'With packaging; null when it was never weighed'),
  column('rating', orNull(amount), 'Mean of the reviews, 1 to 5; null without reviews'),
  column('attributes', { type: 'object' }, 'Colour, dimensions, certificates and more'),
  column('tags', { type: 'array', items: text }, 'Words shown as badges'),
  column('is_discontinued', { type: 'boolean' }, 'Whether it is not ordered any more'),
  column('created_at', instant, 'When it was listed'),
];

const statuses = ['draft', 'placed', 'paid', 'shipped', 'delivered', 'returned', 'cancelled'];

const orderColumns = [
  column('id', integer, 'Number of the order'),
  column('number', text, 'Number as the customer sees it'),
  column('customer_id', integer, 'Who ordered'),
  column('status', { type: 'string', enum: statuses }, 'How far the order has come'),
  column('channel', text, 'Where it was ordered'),
  column('currency', text, 'Currency of all amounts of the order, ISO 4217'),
  column('total', amount, 'Sum of the lines less the discount'),
  column('note', orNull(text), 'What the customer asked for'),
  column('placed_at', instant, 'When it was ordered'),
  column('delivered_at', orNull(instant), 'When it arrived; null until it does'),
];

export const demoResources: readonly DemoResource[] = [
  {
    path: '/customers',
    operationId: 'listCustomers',
    summary: 'Customers',
    table: 'sales.customers',
    columns: customerColumns,
    filters: ['country', 'locale', 'is_active'],
    paging: 'page',
    parentColumn: null,
  },
  {
    path: '/customers/{id}/orders',
    operationId: 'listOrdersOfCustomer',
    summary: 'Orders of a customer',
    table: 'sales.orders',
    columns: orderColumns,
    filters: ['status'],
    paging: 'page',
    parentColumn: 'customer_id',
  },
  {
    path: '/orders',
    operationId: 'listOrders',
    summary: 'Orders',
    table: 'sales.orders',
    columns: orderColumns,
    filters: ['status', 'channel', 'customer_id'],
    paging: 'cursor',
    parentColumn: null,
  },
  {
    path: '/products',
    operationId: 'listProducts',
    summary: 'Products',
    table: 'sales.products',
    columns: productColumns,
    filters: ['category', 'is_discontinued'],
    paging: 'link',
    parentColumn: null,
  },
];

/** Records of a page when nothing is said, and at most. */
export const pageSizes = { usual: 100, largest: 1_000 } as const;

/** The parameter that sets the size of a page. */
export const sizeParameterOf = ({ paging }: DemoResource): string =>
  paging === 'link' ? 'per_page' : 'limit';
