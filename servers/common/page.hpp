#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/mcp/fields.hpp"
#include "protocol/mcp/handler.hpp"

namespace common {

/// The rows of one answer take at most this much; a first row is always shown.
constexpr std::size_t kPageBytes = 32 * 1024;

enum class Order : std::uint8_t { Ascending, Descending };

struct PageSpec {
  std::int64_t limit{};
  std::string_view cursor{};  ///< As the caller gave it; empty: from the start.
  Order order{Order::Ascending};
};

/// A key as `next_cursor`: with a check sum over the tool's name and the key, so that a cursor
/// which somebody made up, or which another tool gave, is refused instead of taken for a place in
/// the list.
std::string cursor_of(std::string_view key, const mcp::Call& call);

/// The key in a cursor; empty for an empty one. Throws bad_cursor().
std::string key_in(std::string_view cursor, const mcp::Call& call);

/// What a tool says of a cursor that it never gave.
mcp::ToolError bad_cursor();

/// One page of a list. Every row has a key: a string that sorts as the list does and names one row
/// (the sorted-by value, then the id), so that a page continues at the right place though rows came
/// or went since. Offer rows in order until `offer` says that the page is full:
///
///     common::Page<Task> page(call, {.limit = args.limit, .cursor = args.cursor});
///     for (Task& task : sorted) if (!page.offer(key_of(task), std::move(task))) break;
///     return {.tasks = std::move(page).rows(), .next_cursor = page.next_cursor()};
template <class Row>
class Page final {
 public:
  /// Throws bad_cursor().
  Page(const mcp::Call& call, const PageSpec& spec)
      : call_(call), spec_(spec), start_(key_in(spec.cursor, call)) {}

  /// The key of the last row of the page before; empty on the first page.
  const std::string& start() const { return start_; }

  /// True if rows with this key belong to an earlier page: `offer` would skip them.
  bool shown_before(std::string_view key) const {
    if (start_.empty()) return false;
    return spec_.order == Order::Ascending ? key <= start_ : key >= start_;
  }

  /// False if the page is full: this row, and so all later ones, belong to the next.
  bool offer(std::string_view key, Row row) {
    if (shown_before(key)) return true;
    const std::size_t bytes = mcp::fields::weight(mcp::fields::type_of<Row>(), &row, call_.rows());
    const bool fits = rows_.empty() || bytes_ + bytes <= kPageBytes;
    if (static_cast<std::int64_t>(rows_.size()) >= spec_.limit || !fits) {
      more_ = true;
      return false;
    }
    bytes_ += bytes;
    last_ = key;
    rows_.push_back(std::move(row));
    return true;
  }

  /// Empty at the end of the list.
  std::string next_cursor() const { return more_ ? cursor_of(last_, call_) : std::string(); }
  const std::vector<Row>& rows() const& { return rows_; }
  std::vector<Row> rows() && { return std::move(rows_); }

 private:
  const mcp::Call& call_;
  PageSpec spec_;
  std::string start_;
  std::string last_;
  std::vector<Row> rows_;
  std::size_t bytes_{};
  bool more_{};
};

}  // namespace common
