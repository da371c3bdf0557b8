-- Building keys and indexes
--
-- Keys, checks, indexes and views of the shop. Indexes of every sort: unique, partial, expression, GIN, BRIN.

ALTER TABLE sales.customers
  ADD CONSTRAINT customers_pkey PRIMARY KEY (id),
  ADD CONSTRAINT customers_code_key UNIQUE (code),
  ADD CONSTRAINT customers_referred_by_fkey FOREIGN KEY (referred_by) REFERENCES sales.customers (id) ON DELETE SET NULL,
  ADD CONSTRAINT customers_credit_limit_check CHECK (credit_limit >= 0);

ALTER TABLE sales.products
  ADD CONSTRAINT products_pkey PRIMARY KEY (id),
  ADD CONSTRAINT products_sku_key UNIQUE (sku),
  ADD CONSTRAINT products_price_check CHECK (price > 0 AND cost >= 0);

ALTER TABLE sales.orders
  ADD CONSTRAINT orders_pkey PRIMARY KEY (id),
  ADD CONSTRAINT orders_number_key UNIQUE (number),
  ADD CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES sales.customers (id);

ALTER TABLE sales.order_items
  ADD CONSTRAINT order_items_pkey PRIMARY KEY (order_id, line_number),
  ADD CONSTRAINT order_items_order_id_fkey FOREIGN KEY (order_id) REFERENCES sales.orders (id) ON DELETE CASCADE,
  ADD CONSTRAINT order_items_product_id_fkey FOREIGN KEY (product_id) REFERENCES sales.products (id),
  ADD CONSTRAINT order_items_quantity_check CHECK (quantity > 0);

ALTER TABLE sales.events
  ADD CONSTRAINT events_pkey PRIMARY KEY (occurred_at, id),
  ADD CONSTRAINT events_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES sales.customers (id) ON DELETE SET NULL;

CREATE UNIQUE INDEX customers_email_key ON sales.customers (lower(email)) WHERE email IS NOT NULL;

CREATE INDEX customers_search_name_idx ON sales.customers (search_name text_pattern_ops);

CREATE INDEX customers_country_idx ON sales.customers (country) INCLUDE (full_name) WHERE is_active;

CREATE INDEX products_attributes_idx ON sales.products USING gin (attributes);

CREATE INDEX products_tags_idx ON sales.products USING gin (tags);

CREATE INDEX products_color_idx ON sales.products ((attributes ->> 'color'));

CREATE INDEX orders_customer_id_idx ON sales.orders (customer_id, placed_at DESC);

CREATE INDEX orders_open_idx ON sales.orders (placed_at) WHERE status IN ('draft', 'placed', 'paid', 'shipped');

CREATE INDEX order_items_product_id_idx ON sales.order_items (product_id);

CREATE INDEX events_customer_id_idx ON sales.events (customer_id);

CREATE INDEX events_payload_idx ON sales.events USING gin (payload jsonb_path_ops);

CREATE INDEX events_occurred_at_brin ON sales.events USING brin (occurred_at);

CREATE VIEW sales.order_overview AS
SELECT
  placed.id AS order_id,
  placed.number,
  placed.placed_at,
  placed.status,
  customer.full_name AS customer_name,
  customer.country,
  count(item.line_number) AS line_count,
  placed.total,
  placed.currency
FROM sales.orders AS placed
JOIN sales.customers AS customer ON customer.id = placed.customer_id
LEFT JOIN sales.order_items AS item ON item.order_id = placed.id
GROUP BY placed.id, customer.id;

CREATE MATERIALIZED VIEW sales.monthly_revenue AS
SELECT
  date_trunc('month', placed_at, 'UTC')::date AS month,
  currency,
  count(*) AS order_count,
  sum(total) AS revenue,
  round(avg(total), 2) AS average_order
FROM sales.orders
WHERE status NOT IN ('draft', 'cancelled', 'returned')
GROUP BY 1, 2
ORDER BY 1, 2;

CREATE UNIQUE INDEX monthly_revenue_key ON sales.monthly_revenue (month, currency);

COMMIT;

