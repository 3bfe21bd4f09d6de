#pragma once

#include "protocol/schema/schema.hpp"

namespace schema {

/// The metaschema of draft 2020-12 and its vocabularies, by URI, as json-schema.org publishes them.
const Documents& metaschema();

}  // namespace schema
