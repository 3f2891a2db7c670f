-- Ranked search in plain SQL over the tables of this schema. The functions that people call are the last three.

-- As assets/search/terms.py folds the words of the texts.
CREATE OR REPLACE MACRO search.folded(text) AS strip_accents(replace(replace(lower(text), 'ß', 'ss'), 'ς', 'σ'));

CREATE OR REPLACE MACRO search.asked(words) AS
    list_sort(list_distinct(regexp_extract_all(search.folded(words), '[\p{L}\p{N}_]+')));

-- The texts of a part that hold all the words asked for, or any of them, by BM25 (k1 = 1.2, b = 0.75). A word counts in
-- all forms that have the same stem; how rare it is, is counted among the texts of the part.
CREATE OR REPLACE MACRO search.matches(part_name, words, any_word := false) AS TABLE
WITH asked AS (SELECT unnest(search.asked(words)) AS word),
meant AS (
    SELECT asked.word, forms.term FROM asked JOIN search.words AS forms ON asked.word = forms.word
    UNION
    SELECT asked.word, forms.term FROM asked JOIN search.words AS forms ON asked.word = forms.term
),
texts AS (SELECT document, id, n_tokens FROM search.documents WHERE part = part_name),
size AS (SELECT count(*) AS n_texts, avg(n_tokens) AS mean_tokens FROM texts),
found AS (
    SELECT meant.word, postings.document, sum(postings.n) AS n
    FROM meant
    JOIN search.words AS forms ON meant.term = forms.term
    JOIN search.postings AS postings ON forms.entry = postings.entry
    WHERE postings.document IN (SELECT document FROM texts)
    GROUP BY ALL
),
weights AS (
    SELECT word, ln(1 + (n_texts - count(*) + 0.5) / (count(*) + 0.5)) AS weight
    FROM found CROSS JOIN size
    GROUP BY word, n_texts
),
scored AS (
    SELECT
        texts.id,
        count(*) AS n_words_found,
        round(sum(weight * n * 2.2 / (n + 1.2 * (0.25 + 0.75 * n_tokens / mean_tokens))), 4) AS score
    FROM found
    JOIN weights ON found.word = weights.word
    JOIN texts ON found.document = texts.document
    CROSS JOIN size
    GROUP BY texts.id
)
SELECT id, score
FROM scored
WHERE any_word OR n_words_found = len(search.asked(words))
ORDER BY score DESC, id;

CREATE OR REPLACE MACRO search_quotes(words, any_word := false) AS TABLE
SELECT
    score,
    quote_id,
    outlets.name AS outlet,
    articles.published_at,
    coalesce(speakers.name, quotes.speaker_name, quotes.speaker_text) AS speaker,
    quotes.kind,
    quotes.text,
    statement_quotes.statement_id,
    quotes.article_id,
    articles.url
FROM search.matches('quotes', words, any_word := any_word) AS found
JOIN core.quotes AS quotes ON found.id = quotes.quote_id
JOIN core.statement_quotes AS statement_quotes USING (quote_id)
JOIN core.articles AS articles USING (article_id)
JOIN core.sources AS outlets ON articles.source_id = outlets.source_id
LEFT JOIN core.entities AS speakers ON quotes.speaker_id = speakers.entity_id
ORDER BY score DESC, quote_id;

CREATE OR REPLACE MACRO search_statements(words, any_word := false) AS TABLE
SELECT score, statement_id, speakers.name AS speaker, statements.text, n_outlets, n_quotes, first_published_at
FROM search.matches('statements', words, any_word := any_word) AS found
JOIN core.statements AS statements ON found.id = statements.statement_id
LEFT JOIN core.entities AS speakers ON statements.speaker_id = speakers.entity_id
ORDER BY score DESC, statement_id;

CREATE OR REPLACE MACRO search_articles(words, any_word := false) AS TABLE
SELECT score, article_id, outlets.name AS outlet, published_at, title, n_words, url
FROM search.matches('articles', words, any_word := any_word) AS found
JOIN core.articles AS articles ON found.id = articles.article_id
JOIN core.sources AS outlets ON articles.source_id = outlets.source_id
ORDER BY score DESC, article_id;
