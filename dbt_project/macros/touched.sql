{# Ids of the statements or articles (`kind`) whose rows an incremental model makes anew: orchestration/touched.py finds them. #}
{% macro touched(kind) -%}
    (select item_id from work.touched where kind = '{{ kind }}')
{%- endmacro %}

{# Before its new rows: an incremental model without the rows of what is touched, be it still there or gone. #}
{% macro without_touched(kind, id) -%}
    {%- if is_incremental() -%}
        delete from {{ this }} where {{ id }} in {{ touched(kind) }}
    {%- endif -%}
{%- endmacro %}

{# The pairs of entities that articles with other names than before name together, or did: (entity_a_id, entity_b_id). #}
{% macro touched_pairs() -%}
    (
        with names as (
            select article_id, entity_id
            from {{ ref('stg_mentions') }}
            where article_id in {{ touched('names of an article') }}
            union
            select article_id, entity_id
            from work.named
            where article_id in {{ touched('names of an article') }}
        )
        select distinct a.entity_id as entity_a_id, b.entity_id as entity_b_id
        from names as a
        inner join names as b on a.article_id = b.article_id and a.entity_id < b.entity_id
    )
{%- endmacro %}

{# Before its new rows: the pairs without those that may have become others, and with the names that entities have now. #}
{% macro without_touched_pairs() -%}
    {%- if is_incremental() -%}
        delete from {{ this }} as pairs using {{ touched_pairs() }} as touched
        where pairs.entity_a_id = touched.entity_a_id and pairs.entity_b_id = touched.entity_b_id
    {%- endif -%}
{%- endmacro %}

{% macro with_names_of_now(side) -%}
    {%- if is_incremental() -%}
        update {{ this }} set entity_{{ side }} = entities.name
        from {{ ref('stg_entities') }} as entities
        where entity_{{ side }}_id = entities.entity_id and entity_{{ side }} is distinct from entities.name
    {%- endif -%}
{%- endmacro %}

{# After its new rows: what they were made from. #}
{% macro forget_names() -%}
    delete from work.named {% if is_incremental() %} where article_id in {{ touched('names of an article') }} {% endif %}
{%- endmacro %}

{% macro note_names() -%}
    insert into work.named
    select distinct article_id, entity_id from {{ ref('stg_mentions') }}
    {% if is_incremental() %} where article_id in {{ touched('names of an article') }} {% endif %}
{%- endmacro %}
