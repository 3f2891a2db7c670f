with source as (

    select * from {{ source('core', 'articles') }}

),

renamed as (

    select
        article_id,
        document_id,
        source_id as outlet_id,
        agency_id,
        agency_evidence,
        url,
        title,
        authors,
        credited,
        published_at,
        published_precision,
        published_from,
        published_offset,
        published_unread,
        modified_at,
        dateline,
        language,
        supported,
        body,
        n_words
    from source

)

select * from renamed
