with source as (

    select * from {{ source('core', 'article_pairs') }}

),

renamed as (

    select
        article_a,
        article_b,
        n_shared_tokens,
        containment_a,
        containment_b
    from source

)

select * from renamed
