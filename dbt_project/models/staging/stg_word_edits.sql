with source as (

    select * from {{ source('core', 'word_edits') }}

),

renamed as (

    select
        quote_id,
        ordinal,
        op,
        reference_words,
        words
    from source

)

select * from renamed
