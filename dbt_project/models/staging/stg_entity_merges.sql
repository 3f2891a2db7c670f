with source as (

    select * from {{ source('core', 'entity_merges') }}

),

renamed as (

    select
        entity_id,
        merged_id,
        name,
        rule,
        n_articles
    from source

)

select * from renamed
