#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace tasks {

/// Numbers of tasks, in blocks of 4,096. `task_sets` keeps a row a block: below 256 numbers as
/// sorted 16-bit integers, else as 4,096 bits, both little-endian. Thus a set has one form only,
/// takes at most 512 bytes a block, and two of 100,000 tasks are intersected in microseconds.
class TaskSet final {
 public:
  static constexpr int kBlockBits = 12;
  static constexpr std::size_t kBlockSize = std::size_t{1} << kBlockBits;

  /// The numbers of one block, counted from its first.
  class Block final {
   public:
    static Block of(std::span<const std::byte> stored);
    std::string stored() const;

    void add(std::size_t place) { words_[place / 64] |= bit(place); }
    void remove(std::size_t place) { words_[place / 64] &= ~bit(place); }
    bool contains(std::size_t place) const { return (words_[place / 64] & bit(place)) != 0; }
    std::size_t size() const;
    void unite(const Block& other);
    /// With a block as it is stored.
    void unite(std::span<const std::byte> stored);
    void intersect(const Block& other);
    /// Ascending; `visit(place)` may end it by returning false, which is returned.
    template <class Visit>
    bool for_each(Visit visit) const {
      for (std::size_t i = 0; i < words_.size(); ++i) {
        for (std::uint64_t left = words_[i]; left != 0; left &= left - 1) {
          if (!visit(i * 64 + static_cast<std::size_t>(std::countr_zero(left)))) return false;
        }
      }
      return true;
    }

   private:
    static std::uint64_t bit(std::size_t place) { return std::uint64_t{1} << (place % 64); }

    std::array<std::uint64_t, kBlockSize / 64> words_{};
  };

  void add(std::int64_t number);
  bool contains(std::int64_t number) const;
  std::int64_t size() const;
  /// Adds what a row of `task_sets` holds.
  void unite(std::int64_t block, std::span<const std::byte> stored);
  void unite(const TaskSet& other);
  void intersect(const TaskSet& other);

  /// Ascending, from `first` on; `visit(number)` may end it by returning false.
  template <class Visit>
  void for_each(std::int64_t first, Visit visit) const {
    for (const Entry& entry : entries_) {
      const std::int64_t begin = entry.number << kBlockBits;
      if (entry.number < first >> kBlockBits) continue;
      const bool more = entry.block.for_each([&](std::size_t place) {
        const std::int64_t number = begin + static_cast<std::int64_t>(place);
        return number < first || visit(number);
      });
      if (!more) return;
    }
  }

 private:
  struct Entry {
    std::int64_t number{};
    Block block{};
  };

  /// The block of that number, made if it is missing.
  Block& block(std::int64_t number);

  std::vector<Entry> entries_{};  ///< Ascending.
};

}  // namespace tasks
