#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "schemas/memory/get_context_types.hpp"

namespace memory {

/// Tokens are counted as bytes of the answer / 4, for there is no tokenizer here.
constexpr std::size_t kBytesPerToken = 4;

/// The part of `all`, in its order, that fits into an answer of `max_tokens`. Each of the four
/// lists has a quarter of the room for its own; what one leaves goes to the others, similar
/// episodes first, then preferences, knowledge, and what is recent. A row that is too long for the
/// room left is passed over whole.
GetContextResult selected(const GetContextResult& all, std::int64_t max_tokens);

}  // namespace memory
