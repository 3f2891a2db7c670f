with source as (

    select * from {{ source('core', 'phrases') }}

),

renamed as (

    select
        phrase_id,
        text as phrase,
        n_tokens,
        n_articles,
        n_outlets,
        n_occurrences
    from source

)

select * from renamed
