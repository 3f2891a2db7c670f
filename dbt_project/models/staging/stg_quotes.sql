with source as (

    select * from {{ source('core', 'quotes') }}

),

renamed as (

    select
        quote_id,
        article_id,
        source_id as outlet_id,
        ordinal,
        start as start_offset,
        "end" as end_offset,
        text as wording,
        kind,
        speaker_text,
        speaker_kind,
        speaker_name,
        speaker_id,
        cue,
        rule,
        confidence,
        speaker_confidence,
        paragraph,
        n_words,
        pre,
        post
    from source

)

select * from renamed
