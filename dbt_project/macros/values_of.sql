{# The values that the schema allows in a column (`core.quotes.kind`). Written by `python -m orchestration.documentation` from assets/*/schema.py; change it there. #}
{% macro values_of(column) -%}
    {%- set declared = {
        'raw.documents.format': ['text', 'html', 'mhtml', 'email', 'mbox', 'docx', 'pdf', 'rtf', 'epub', 'json', 'jsonl', 'csv', 'spreadsheet', 'parquet', 'lexisnexis', 'factiva', 'europresse', 'proquest', 'warc', 'feed', 'newsml', 'nitf', 'ninjs'],
        'raw.documents.content_type': ['html', 'text', 'body', 'excerpt'],
        'raw.documents.hints_from': ['record', 'manifest'],
        'raw.rejects.reason': ['unreadable', 'empty', 'binary', 'oversize', 'wordless', 'missing_text', 'malformed_record', 'damaged', 'unsupported', 'archive_limit', 'unsafe_path', 'unsafe_markup', 'not_news', 'unknown_bundle', 'manifest_without_file', 'malformed_manifest', 'crashed'],
        'core.corrections.action': ['merge', 'split', 'rename', 'ignore', 'identify', 'outlet', 'speaker', 'not-a-quote'],
        'core.articles.agency_evidence': ['dateline', 'credit', 'byline', 'jsonld', 'outlet', 'shared_text'],
        'core.articles.published_precision': ['second', 'day', 'month', 'none'],
        'core.articles.published_from': ['jsonld', 'meta', 'text', 'manifest', 'record', 'guess'],
        'core.removed_lines.reason': ['navigation', 'dateline', 'newsletter', 'advertisement', 'related', 'share', 'credit', 'caption', 'byline', 'date', 'title', 'subhead', 'summary', 'disclaimer', 'comments', 'footer', 'repeated', 'markup', 'other'],
        'core.non_articles.reason': ['wordless', 'not_news', 'crashed'],
        'core.sources.kind': ['outlet', 'agency'],
        'core.sources.known_by': ['list', 'name', 'site', 'unknown'],
        'core.entities.kind': ['person', 'organisation', 'place'],
        'core.mentions.kind': ['person', 'organisation', 'place'],
        'core.quotes.kind': ['direct', 'partial', 'block', 'indirect'],
        'core.quotes.speaker_kind': ['name', 'pronoun', 'nominal', 'none'],
        'core.statement_quotes.relation': ['same', 'fragment', 'spelling', 'variant', 'reworded', 'altered'],
        'core.word_edits.op': ['kept', 'added', 'dropped', 'replaced'],
        'core.alert_rules.watch': ['said', 'printed', 'left-out', 'altered'],
    } -%}
    {%- do return(declared[column]) -%}
{%- endmacro %}
