#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "servers/common/times.hpp"

namespace email {

/// One condition of a search.
struct Term {
  enum class Field : std::uint8_t {
    Any,
    From,
    To,
    Cc,
    Subject,
    HasAttachment,
    Unread,
    Flagged,
    Sent
  };
  Field field{};
  bool negated{};
  bool phrase{};          ///< Between quotes: exactly these words, in this order.
  std::string words{};    ///< Of Any, From, To, Cc, Subject.
  common::Range range{};  ///< Of Sent.
};

/// Reads what a caller writes into `query`: words, "phrases", from: to: cc: subject: has:attachment
/// is:unread is:flagged before: after:, each negated by a leading '-'. All must hold. Throws
/// mcp::ToolError that begins with "/query: " and names what is unknown and what there is.
std::vector<Term> parse_query(std::string_view query, const common::Times& times);

/// The term as an FTS5 expression over the columns of message_words; "" for a field that is no
/// text, or for words without a letter or digit.
std::string match_expression(const Term& term);

}  // namespace email
