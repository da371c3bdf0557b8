-- Filling the shop with 250,000 rows
--
-- 250,000 rows, the same on every computer: each value follows from the number of its row by multiplication
-- with a prime and a remainder, which looks like chance and is none.

-- 1,000 products: forty things in many scripts, in 25 finishes.
INSERT INTO sales.products (
  sku, title, category, price, cost, weight_grams, rating, attributes, tags, description, swatch, shelf_life,
  is_discontinued, created_at
)
WITH
  thing (number, title, category) AS (
    SELECT ordinality::integer - 1, split_part(entry, '|', 1), split_part(entry, '|', 2)
    FROM unnest(ARRAY[
      '☕ Coffee beans|food', 'Grüner Tee|food', 'Żurawina suszona|food', '抹茶|food', 'زعفران|food',
      'Мёд липовый|food', 'Ελαιόλαδο|food', 'Crème brûlée kit|food', '김치|food', 'मसाला चाय|food',
      'Desk lamp 💡|home', 'Küchenbrett|home', '風呂敷|home', 'Самовар|home', 'Ταπέτο|home',
      'Pläd av ull|home', 'Bougie parfumée 🕯️|home', 'שמיכה|home', 'หมอนขวาน|home', 'Đèn lồng|home',
      'Notebook A5|office', 'Füllfederhalter|office', '墨 (ink stick)|office', 'Карандаш 2B|office', 'Stapler|office',
      'Ruler 30 cm|office', 'Agenda à spirale|office', 'Envelope C5, “window”|office', '봉투|office', 'دفتر|office',
      'Rain jacket 🌧️|clothing', 'Wollmütze|clothing', 'Čepice|clothing', '浴衣|clothing', 'Ушанка|clothing',
      'Sari साड़ी|clothing', 'Áo dài|clothing', 'Socks (3 pairs)|clothing', 'Ķiveris|clothing', 'Beyaz gömlek|clothing'
    ]) WITH ORDINALITY AS listed (entry, ordinality)
  ),
  finish (number, title, color) AS (
    SELECT ordinality::integer - 1, split_part(entry, '|', 1), split_part(entry, '|', 2)
    FROM unnest(ARRAY[
      'classic|black', 'petit|white', 'grande|red', 'extra|green', 'doux|rose', 'matt|gray', 'glänzend|silver',
      'naturel|beige', 'bio 🌱|green', 'light|yellow', 'dark|brown', 'premium|gold', 'mini|blue', 'maxi|blue',
      'travel ✈️|orange', 'family|purple', 'limited|copper', 'winter ❄️|ice', 'summer ☀️|coral', '限定版|vermilion',
      'ручная работа|amber', 'χειροποίητο|azure', 'retro|teal', 'studio|ink', 'no. 25|lime'
    ]) WITH ORDINALITY AS listed (entry, ordinality)
  ),
  numbered AS (
    SELECT n, thing.title || ' — ' || finish.title AS title, thing.category, finish.color,
           round(((n * 7919 % 19777) / 100.0 + 1.99), 2) AS price
    FROM generate_series(1, 1000) AS n
    JOIN thing ON thing.number = (n - 1) % 40
    JOIN finish ON finish.number = (n - 1) / 40
  )
SELECT
  upper(left(category, 2)) || '-' || lpad(n::text, 5, '0'),
  title,
  category,
  price,
  round(price * (35 + n * 13 % 40) / 100, 2),
  CASE WHEN n % 17 <> 0 THEN 20 + n * 6151 % 4980 END,
  CASE WHEN n % 10 <> 3 THEN ((10 + n * 37 % 41) / 10.0)::real END,
  jsonb_build_object(
    'color', color,
    'dimensions', jsonb_build_object('width', 5 + n * 31 % 90, 'height', 3 + n * 17 % 60, 'unit', 'cm'),
    'certificates', CASE WHEN n % 4 = 0 THEN jsonb_build_array('organic', 'fair trade') ELSE '[]'::jsonb END,
    'madeIn', (ARRAY['PT', 'JP', 'DE', 'IN', 'PL', 'VN', 'GR'])[1 + n % 7],
    'warrantyYears', CASE WHEN n % 3 = 0 THEN n % 6 END
  ),
  CASE n % 5 WHEN 0 THEN '{}'
             WHEN 1 THEN ARRAY['new']
             WHEN 2 THEN ARRAY['sale', 'gift idea']
             WHEN 3 THEN ARRAY[color, category]
             ELSE ARRAY['новинка', '人気', 'best seller ⭐'] END,
  -- Every hundredth description is a page long (4,000 characters and more), to see how wide values are shown.
  CASE WHEN n % 100 = 0 THEN repeat(title || '. It is made by hand, keeps for years and is loved by everybody who has one. ', 50)
       WHEN n % 9 <> 8 THEN title || ' in ' || color || E'.\nSold by the piece.\tReturns are free for 30 days.' END,
  decode(md5('swatch ' || color), 'hex'),
  CASE WHEN category = 'food' THEN make_interval(months => 3 + n % 22, days => n % 29) END,
  n % 23 = 0,
  timestamptz '2023-06-01 06:00:00Z' + n * interval '5 hours 17 minutes'
FROM numbered
ORDER BY n;

-- 5,000 customers: given and family names of sixteen languages, in the order in which people there write them.
INSERT INTO sales.customers (
  code, full_name, email, phone, birth_date, locale, country, address, tags, credit_limit, loyalty_points,
  is_active, referred_by, note, created_at, updated_at
)
WITH
  language (number, locale, country, city, given, family, family_first) AS (
    VALUES
      (0, 'en', 'GB', 'Leeds', '{Olivia,George,Amelia,Noah,Isla}'::text[], '{Smith,O''Brien,Taylor-Jones,Wright}'::text[], false),
      (1, 'de', 'DE', 'Köln', '{Jürgen,Änne,Lukas,Käthe,Björn}', '{Müller,Groß,Weiß,Schröder}', false),
      (2, 'fr', 'FR', 'Nîmes', '{Chloé,Gaël,Zoë,François,Anaïs}', '{Lefèvre,D''Aubigné,Noël,Garçon}', false),
      (3, 'pl', 'PL', 'Łódź', '{Zofia,Łukasz,Małgorzata,Michał,Żaneta}', '{Wójcik,Dąbrowski,Żak,Świątek}', false),
      (4, 'ru', 'KZ', 'Алматы', '{Анна,Сергей,Ольга,Фёдор,Юлия}', '{Ким,Щербак,Соловьёв,Цой}', false),
      (5, 'el', 'GR', 'Θεσσαλονίκη', '{Ελένη,Γιώργος,Σοφία,Νίκος,Άννα}', '{Παπαδόπουλος,Νικολάου,Ιωάννου,Ξένος}', false),
      (6, 'ja', 'JP', '札幌', '{美咲,翔太,さくら,健,葵}', '{佐藤,鈴木,高橋,渡辺}', true),
      (7, 'ko', 'KR', '부산', '{서연,민준,지우,하은,도윤}', '{김,이,박,최}', true),
      (8, 'zh', 'TW', '臺南', '{淑芬,志明,雅婷,建宏,怡君}', '{陳,林,黃,歐陽}', true),
      (9, 'ar', 'EG', 'الإسكندرية', '{فاطمة,محمد,ليلى,يوسف,نور}', '{الحسن,منصور,عبدالله,الشريف}', false),
      (10, 'he', 'IL', 'חיפה', '{נועה,דוד,תמר,יוסף,מיכל}', '{כהן,לוי,מזרחי,פרץ}', false),
      (11, 'hi', 'IN', 'जयपुर', '{आरव,दीया,ईशान,प्रिया,विवान}', '{शर्मा,वर्मा,गुप्ता,सिंह}', false),
      (12, 'th', 'TH', 'เชียงใหม่', '{สมชาย,มาลี,ณัฐ,พิมพ์,กานต์}', '{ใจดี,ศรีสุข,ทองดี,วงศ์ไทย}', false),
      (13, 'vi', 'VN', 'Đà Nẵng', '{Hương,Đức,Thảo,Quốc,Ngọc}', '{Nguyễn,Trần,Lê,Phạm}', true),
      (14, 'tr', 'TR', 'Diyarbakır', '{Ayşe,Işıl,Çağla,İbrahim,Özgür}', '{Yılmaz,Öztürk,Şahin,Güneş}', false),
      (15, 'is', 'IS', 'Akureyri', '{Þóra,Guðrún,Ásgeir,Björk,Sæmundur}', '{Jónsdóttir,Sigurðsson,Þórsdóttir,Ægisson}', false)
  )
SELECT
  'C-' || lpad(n::text, 6, '0'),
  CASE WHEN family_first THEN family[1 + n / 80 % 4] || ' ' || given[1 + n / 16 % 5]
       ELSE given[1 + n / 16 % 5] || ' ' || family[1 + n / 80 % 4] END,
  CASE WHEN n % 19 <> 6 THEN 'customer' || n || '@' || (ARRAY['example.com', 'example.org', 'post.example.net'])[1 + n % 3] END,
  CASE WHEN n % 4 <> 1 THEN '+' || 1 + n * 7 % 99 || ' ' || lpad((n * 104729 % 100000000)::text, 8, '0') END,
  CASE WHEN n % 6 <> 2 THEN date '1945-01-01' + n * 5449 % 22600 END,
  locale,
  country,
  jsonb_build_object('street', (ARRAY['Hauptstraße', 'Rue de l’Église', 'High Street', '本町', 'Ленина', 'Calle Ñ'])[1 + n % 6],
                     'number', 1 + n * 11 % 198, 'city', city, 'postCode', lpad((n * 7001 % 99999)::text, 5, '0')),
  CASE n % 7 WHEN 0 THEN ARRAY['vip', 'newsletter'] WHEN 1 THEN ARRAY['newsletter'] WHEN 2 THEN ARRAY['wholesale, EU', 'a "quoted" tag']
             ELSE '{}' END,
  CASE WHEN n % 5 = 0 THEN round((n * 99991 % 5000000) / 100.0, 2) END,
  n * 389 % 12000,
  n % 29 <> 0,
  CASE WHEN n > 100 AND n % 3 = 0 THEN 1 + n * 31 % 100 END,
  CASE WHEN n % 250 = 0 THEN repeat('Called about a parcel; would like it delivered to the neighbour. 📦 ', 30)
       WHEN n % 13 = 0 THEN E'Prefers mail over phone.\nSpeaks ' || locale || '.' END,
  timestamptz '2023-01-01 00:00:00Z' + n * interval '4 hours 40 minutes 13 seconds',
  timestamptz '2023-01-01 00:00:00Z' + n * interval '4 hours 40 minutes 13 seconds' + n * 53 % 200 * interval '1 day'
FROM generate_series(1, 5000) AS n
JOIN language ON language.number = n % 16
ORDER BY n;

-- 104,000 order lines: one to four for each of 40,000 orders.
INSERT INTO sales.order_items (order_id, line_number, product_id, quantity, unit_price, discount, gift_note)
SELECT
  n, line, product.id, 1 + (n * 3 + line * 5) % 7 / 2, product.price,
  CASE WHEN (n + line) % 12 = 0 THEN round(product.price / 10, 2) ELSE 0 END,
  CASE WHEN (n * 7 + line) % 50 = 0 THEN (ARRAY['Happy birthday! 🎂', 'С днём рождения!', 'おめでとうございます', 'Danke 💐'])[1 + n % 4] END
FROM generate_series(1, 40000) AS n
CROSS JOIN LATERAL generate_series(1, (ARRAY[1, 2, 3, 3, 4])[1 + n % 5]) AS line
JOIN sales.products AS product ON product.id = 1 + (n * 613 + line * 271) % 1000
ORDER BY n, line;

-- 40,000 orders over two years; some customers order far more often than others, and the newest orders are
-- still on their way.
INSERT INTO sales.orders (
  id, number, customer_id, status, channel, currency, discount_percent, total, delivery_window, shipping_address,
  note, placed_at, delivered_at
)
WITH
  line_sum AS (SELECT order_id, sum(line_total) AS total FROM sales.order_items GROUP BY order_id),
  numbered AS (
    SELECT order_id AS n, total, 1 + (order_id * 7919 % 5000) * (order_id * 104729 % 5000) / 5000 AS customer_id,
           timestamptz '2024-01-01 00:03:00Z' + order_id * interval '26 minutes 16.75 seconds' AS placed_at,
           CASE WHEN order_id > 39950 THEN (ARRAY['draft', 'placed', 'paid', 'shipped'])[1 + order_id % 4]
                WHEN order_id % 31 = 0 THEN 'cancelled'
                WHEN order_id % 43 = 0 THEN 'returned'
                ELSE 'delivered' END::sales.order_status AS status
    FROM line_sum
  )
SELECT
  n,
  'SO-' || to_char(placed_at, 'YYYY') || '-' || lpad(n::text, 6, '0'),
  customer_id,
  status,
  (ARRAY['web', 'web', 'app', 'phone', 'marketplace'])[1 + n % 5],
  (ARRAY['EUR', 'EUR', 'USD', 'JPY', 'PLN'])[1 + n % 5],
  CASE WHEN n % 8 = 0 THEN 2.5 * (1 + n % 6) END,
  CASE WHEN n % 8 = 0 THEN round(total * (100 - 2.5 * (1 + n % 6)) / 100, 2) ELSE total END,
  CASE WHEN n % 6 <> 0 THEN tstzrange(placed_at + interval '2 days', placed_at + interval '2 days 4 hours') END,
  CASE WHEN n % 9 = 0 THEN jsonb_build_object('name', 'Pick-up point №' || n % 37, 'city', 'Kraków') END,
  CASE WHEN n % 40 = 0 THEN (ARRAY['Leave it with the neighbour', 'Bitte klingeln 🔔', '置き配でお願いします', 'Позвоните заранее'])[1 + n % 4] END,
  placed_at,
  CASE WHEN status IN ('delivered', 'returned') THEN placed_at + interval '1 day' * (1 + n % 6) + interval '1 minute' * (n % 577) END
FROM numbered
ORDER BY n;

ALTER TABLE sales.orders ALTER COLUMN id RESTART WITH 40001;

-- 100,000 events: a few before the first and after the last quarter, so that the default partition has rows too.
INSERT INTO sales.events (occurred_at, customer_id, visit_id, kind, payload, ip_address, duration)
SELECT
  timestamptz '2023-12-20 00:00:00Z' + n * interval '10 minutes 44.003007 seconds',
  CASE WHEN n % 3 <> 0 THEN 1 + n * 7919 % 5000 END,
  md5('visit ' || n / 7)::uuid,
  (ARRAY['page_view', 'page_view', 'search', 'add_to_cart', 'checkout', 'error'])[1 + n % 6],
  CASE n % 6
    WHEN 2 THEN jsonb_build_object('query', (ARRAY['lamp', 'café', 'чай', '傘', 'schöne Mütze'])[1 + n % 5], 'results', n * 37 % 120)
    WHEN 3 THEN jsonb_build_object('product', 1 + n * 31 % 1000, 'quantity', 1 + n % 3)
    WHEN 4 THEN jsonb_build_object('order', 1 + n * 13 % 40000, 'express', n % 4 = 0)
    WHEN 5 THEN jsonb_build_object('status', (ARRAY[404, 500, 503])[1 + n % 3], 'retry', null)
    ELSE jsonb_build_object('path', '/products/' || 1 + n * 31 % 1000)
  END,
  CASE WHEN n % 14 = 0 THEN ('2001:db8::' || to_hex(n % 65536))::inet ELSE ('198.51.100.' || n % 256)::inet END,
  CASE WHEN n % 6 < 2 THEN n % 300000 * interval '1 millisecond' END
FROM generate_series(1, 100000) AS n;

