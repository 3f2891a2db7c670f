with source as (

    select * from {{ source('core', 'uncredited_words') }}

),

renamed as (

    select
        statement_id,
        article_id,
        story_id,
        start as start_offset,
        "end" as end_offset,
        n_words
    from source

)

select * from renamed
