with source as (

    select * from {{ source('raw', 'documents') }}

),

renamed as (

    select
        document_id,
        path,
        record_no,
        format,
        n_bytes,
        encoding,
        url,
        ingested_at
    from source

)

select * from renamed
