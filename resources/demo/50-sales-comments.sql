-- Writing the comments
--
-- What everything in the shop means, for whoever browses it.

COMMENT ON SCHEMA sales IS 'A shop that sells to customers all over the world';

COMMENT ON TYPE sales.order_status IS 'How far an order has come';

COMMENT ON DOMAIN sales.email_address IS 'Text with one @ and no spaces';

COMMENT ON TABLE sales.customers IS 'Who buys';
COMMENT ON COLUMN sales.customers.id IS 'Number of the customer';
COMMENT ON COLUMN sales.customers.code IS 'Number as it is printed on invoices';
COMMENT ON COLUMN sales.customers.full_name IS 'Name in the customer’s own script and order';
COMMENT ON COLUMN sales.customers.search_name IS 'The name in lower case, kept by the database';
COMMENT ON COLUMN sales.customers.email IS 'Address for invoices; null when they go by post';
COMMENT ON COLUMN sales.customers.phone IS 'Number with country code';
COMMENT ON COLUMN sales.customers.birth_date IS 'For the voucher on the birthday; null when not told';
COMMENT ON COLUMN sales.customers.locale IS 'Language of letters, as a BCP 47 tag';
COMMENT ON COLUMN sales.customers.country IS 'Country code, ISO 3166-1 alpha-2';
COMMENT ON COLUMN sales.customers.address IS 'Street, number, city and post code';
COMMENT ON COLUMN sales.customers.tags IS 'Free words to group customers by';
COMMENT ON COLUMN sales.customers.credit_limit IS 'Most that may be owed, in euros; null means payment in advance';
COMMENT ON COLUMN sales.customers.loyalty_points IS 'Points that can be spent';
COMMENT ON COLUMN sales.customers.is_active IS 'Whether the customer may order';
COMMENT ON COLUMN sales.customers.referred_by IS 'The customer who brought this one';
COMMENT ON COLUMN sales.customers.note IS 'What the service desk should know';
COMMENT ON COLUMN sales.customers.created_at IS 'When the customer registered';
COMMENT ON COLUMN sales.customers.updated_at IS 'Last change of this row';

COMMENT ON TABLE sales.products IS 'What is sold';
COMMENT ON COLUMN sales.products.id IS 'Number of the product';
COMMENT ON COLUMN sales.products.sku IS 'Stock keeping unit';
COMMENT ON COLUMN sales.products.title IS 'Name on the shelf, in the language of its maker';
COMMENT ON COLUMN sales.products.category IS 'Department';
COMMENT ON COLUMN sales.products.price IS 'Price of a piece, in euros';
COMMENT ON COLUMN sales.products.cost IS 'What a piece costs the shop, in euros';
COMMENT ON COLUMN sales.products.margin IS 'Price less cost, kept by the database';
COMMENT ON COLUMN sales.products.weight_grams IS 'Weight with packaging; null when it was never weighed';
COMMENT ON COLUMN sales.products.rating IS 'Mean of the reviews, 1 to 5; null without reviews';
COMMENT ON COLUMN sales.products.attributes IS 'Colour, dimensions, certificates and more';
COMMENT ON COLUMN sales.products.tags IS 'Words shown as badges';
COMMENT ON COLUMN sales.products.description IS 'Text of the product page';
COMMENT ON COLUMN sales.products.swatch IS 'Colour sample, 16 bytes';
COMMENT ON COLUMN sales.products.shelf_life IS 'How long it keeps; null when it does not spoil';
COMMENT ON COLUMN sales.products.is_discontinued IS 'Whether it is not ordered any more';
COMMENT ON COLUMN sales.products.created_at IS 'When it was listed';

COMMENT ON TABLE sales.orders IS 'What customers ordered, one row an order';
COMMENT ON COLUMN sales.orders.id IS 'Number of the order';
COMMENT ON COLUMN sales.orders.number IS 'Number as the customer sees it';
COMMENT ON COLUMN sales.orders.customer_id IS 'Who ordered';
COMMENT ON COLUMN sales.orders.status IS 'How far the order has come';
COMMENT ON COLUMN sales.orders.channel IS 'Where it was ordered';
COMMENT ON COLUMN sales.orders.currency IS 'Currency of all amounts of the order, ISO 4217';
COMMENT ON COLUMN sales.orders.discount_percent IS 'Discount on the whole order; null when there is none';
COMMENT ON COLUMN sales.orders.total IS 'Sum of the lines less the discount';
COMMENT ON COLUMN sales.orders.delivery_window IS 'When the parcel was promised; null without a promise';
COMMENT ON COLUMN sales.orders.shipping_address IS 'Where it goes; null means to the customer’s address';
COMMENT ON COLUMN sales.orders.note IS 'What the customer asked for';
COMMENT ON COLUMN sales.orders.placed_at IS 'When it was ordered';
COMMENT ON COLUMN sales.orders.delivered_at IS 'When it arrived; null until it does';

COMMENT ON TABLE sales.order_items IS 'Lines of the orders';
COMMENT ON COLUMN sales.order_items.order_id IS 'The order of the line';
COMMENT ON COLUMN sales.order_items.line_number IS 'Position within the order, from 1';
COMMENT ON COLUMN sales.order_items.product_id IS 'What was ordered';
COMMENT ON COLUMN sales.order_items.quantity IS 'Pieces';
COMMENT ON COLUMN sales.order_items.unit_price IS 'Price of a piece on the day of the order';
COMMENT ON COLUMN sales.order_items.discount IS 'Discount on the line';
COMMENT ON COLUMN sales.order_items.line_total IS 'Quantity by price less discount, kept by the database';
COMMENT ON COLUMN sales.order_items.gift_note IS 'Words on the gift card; null without one';

COMMENT ON TABLE sales.events IS 'What happened on the web site, one partition a quarter';
COMMENT ON COLUMN sales.events.id IS 'Number of the event';
COMMENT ON COLUMN sales.events.occurred_at IS 'When it happened; decides the partition';
COMMENT ON COLUMN sales.events.customer_id IS 'Who did it; null for visitors who are not signed in';
COMMENT ON COLUMN sales.events.visit_id IS 'Ties the events of one visit together';
COMMENT ON COLUMN sales.events.kind IS 'What happened';
COMMENT ON COLUMN sales.events.payload IS 'Details, which depend on the kind';
COMMENT ON COLUMN sales.events.ip_address IS 'Address of the visitor, from the ranges for documentation';
COMMENT ON COLUMN sales.events.duration IS 'Time spent on the page; null for everything but page views';

-- A partition does not inherit comments; it gets those of its parent, and its bounds as the table's.
DO $comments$
DECLARE
  piece record;
  attribute record;
BEGIN
  FOR piece IN
    SELECT inhrelid, pg_get_expr(relpartbound, pg_class.oid) AS bound
    FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = 'sales.events'::regclass
  LOOP
    EXECUTE format('COMMENT ON TABLE %s IS %L', piece.inhrelid::regclass, 'Events: ' || lower(piece.bound));
    FOR attribute IN
      SELECT attname, col_description(attrelid, attnum) AS comment
      FROM pg_attribute WHERE attrelid = 'sales.events'::regclass AND attnum > 0
    LOOP
      EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', piece.inhrelid::regclass, attribute.attname, attribute.comment);
    END LOOP;
  END LOOP;
END
$comments$;

COMMENT ON VIEW sales.order_overview IS 'Orders with the customer’s name and the number of lines';
COMMENT ON COLUMN sales.order_overview.order_id IS 'Number of the order';
COMMENT ON COLUMN sales.order_overview.number IS 'Number as the customer sees it';
COMMENT ON COLUMN sales.order_overview.placed_at IS 'When it was ordered';
COMMENT ON COLUMN sales.order_overview.status IS 'How far the order has come';
COMMENT ON COLUMN sales.order_overview.customer_name IS 'Name of the customer';
COMMENT ON COLUMN sales.order_overview.country IS 'Country of the customer';
COMMENT ON COLUMN sales.order_overview.line_count IS 'How many lines the order has';
COMMENT ON COLUMN sales.order_overview.total IS 'Sum of the order';
COMMENT ON COLUMN sales.order_overview.currency IS 'Currency of the sum';

COMMENT ON MATERIALIZED VIEW sales.monthly_revenue IS 'Revenue by month and currency, as of the last refresh';
COMMENT ON COLUMN sales.monthly_revenue.month IS 'First day of the month, UTC';
COMMENT ON COLUMN sales.monthly_revenue.currency IS 'Currency of the amounts';
COMMENT ON COLUMN sales.monthly_revenue.order_count IS 'How many orders were placed';
COMMENT ON COLUMN sales.monthly_revenue.revenue IS 'Sum of the orders';
COMMENT ON COLUMN sales.monthly_revenue.average_order IS 'Mean of the orders';

