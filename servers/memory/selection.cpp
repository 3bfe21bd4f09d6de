#include "servers/memory/selection.hpp"

#include <algorithm>
#include <span>

#include "protocol/mcp/fields.hpp"

namespace memory {
namespace {

constexpr std::size_t kLists = 4;
constexpr std::size_t kCommas = 1;

/// What an answer takes without any rows, and what the encoder adds to one with words of others.
std::size_t bytes_around() {
  constexpr std::size_t kUntrusted = std::size(R"(,"untrusted":true)");
  const GetContextResult empty;
  return mcp::fields::weight(mcp::fields::type_of<GetContextResult>(), &empty) + kUntrusted;
}

/// Takes rows in order while there is room.
template <class Row>
class Taker final {
 public:
  Taker(const std::vector<Row>& all, std::vector<Row>& taken) : all_(all), taken_(taken) {}

  /// As far as the rows fit into `share` one after the other; returns what they took.
  std::size_t take(std::size_t share) {
    std::size_t used = 0;
    while (next_ < all_.size() && used + weight(all_[next_]) <= share) {
      used += weight(all_[next_]);
      taken_.push_back(all_[next_++]);
    }
    return used;
  }

  /// All further ones that fit, passing over the others.
  void fill(std::size_t& room) {
    for (; next_ < all_.size(); ++next_) {
      if (weight(all_[next_]) > room) continue;
      room -= weight(all_[next_]);
      taken_.push_back(all_[next_]);
    }
  }

 private:
  static std::size_t weight(const Row& row) {
    return mcp::fields::weight(mcp::fields::type_of<Row>(), &row) + kCommas;
  }

  const std::vector<Row>& all_;
  std::vector<Row>& taken_;
  std::size_t next_{};
};

}  // namespace

GetContextResult selected(const GetContextResult& all, std::int64_t max_tokens) {
  GetContextResult result;
  const std::size_t bytes = static_cast<std::size_t>(max_tokens) * kBytesPerToken;
  std::size_t room = bytes - std::min(bytes, bytes_around());
  Taker<Episode> similar(all.similar, result.similar);
  Taker<Memory> preferences(all.preferences, result.preferences);
  Taker<Memory> knowledge(all.knowledge, result.knowledge);
  Taker<Memory> recent(all.recent, result.recent);
  const std::size_t share = room / kLists;
  room -= similar.take(share);
  room -= preferences.take(share);
  room -= knowledge.take(share);
  room -= recent.take(share);
  similar.fill(room);
  preferences.fill(room);
  knowledge.fill(room);
  recent.fill(room);
  return result;
}

}  // namespace memory
