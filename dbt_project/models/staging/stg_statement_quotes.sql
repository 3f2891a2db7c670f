with source as (

    select * from {{ source('core', 'statement_quotes') }}

),

renamed as (

    select
        statement_id,
        quote_id,
        relation,
        similarity,
        evidence
    from source

)

select * from renamed
