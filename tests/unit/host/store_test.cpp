#include "host/trust/store.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "host/trust/cards.hpp"
#include "host/trust/changes.hpp"
#include "host/trust/deeds.hpp"
#include "host/trust/lessons.hpp"
#include "tests/temp_folder.hpp"

namespace host {
namespace {

class StoreTest : public ::testing::Test {
 protected:
  static Card sending() {
    return {.actor = "adjutant",
            .server = "email",
            .tool = "send_drafts",
            .arguments = R"({"ids":["d1"]})",
            .action_class = "send",
            .kind = "send",
            .reason = "The reply waits.",
            .preview = "d1 to anna@example.org",
            .preview_sha256 = "00"};
  }

  test::TempFolder folder_;
  common::StillClock clock_{std::chrono::sys_days(std::chrono::year(2026) / 3 / 16)};
  common::Times times_{clock_, common::Zone::utc()};
  Store store_{folder_.path(), times_};
};

TEST_F(StoreTest, ACardComesBackAsItWasFrozen) {
  const std::int64_t id = Cards(store_).add(sending());

  const std::optional<Card> card = Cards(store_).find(id);

  ASSERT_TRUE(card);
  EXPECT_EQ(card->state, CardState::Waiting);
  EXPECT_EQ(card->arguments, R"({"ids":["d1"]})");
  EXPECT_EQ(card->preview, "d1 to anna@example.org");
  EXPECT_EQ(card->created, "2026-03-16T00:00:00+00:00");
  EXPECT_EQ(Cards(store_).find(id + 1), std::nullopt);
}

TEST_F(StoreTest, ADecidedCardWaitsNoMore) {
  Cards cards(store_);
  const std::int64_t yes = cards.add(sending());
  const std::int64_t no = cards.add(sending());

  EXPECT_TRUE(cards.decide(yes, CardState::Approved));
  EXPECT_TRUE(cards.decide(no, CardState::Rejected));
  EXPECT_FALSE(cards.decide(no, CardState::Approved));
  cards.finish(yes, CardState::Done, "sent", "email-1");

  EXPECT_TRUE(cards.waiting().empty());
  EXPECT_EQ(cards.find(yes)->state, CardState::Done);
  EXPECT_EQ(cards.find(yes)->change_id, "email-1");
  EXPECT_EQ(cards.find(no)->state, CardState::Rejected);
}

TEST_F(StoreTest, OfManyThatDecideACardAtOnceOneWins) {
  const std::int64_t id = Cards(store_).add(sending());
  std::atomic<int> won{0};
  std::vector<std::thread> deciders;
  for (int i = 0; i < 8; ++i) {
    deciders.emplace_back([&] {
      Store own(folder_.path(), times_);
      if (Cards(own).decide(id, CardState::Approved)) ++won;
    });
  }
  for (std::thread& decider : deciders) decider.join();
  EXPECT_EQ(won, 1);
}

TEST_F(StoreTest, DeedsAreFoundByKeyCardAndChange) {
  Deeds deeds(store_);
  const Deed first{.item = {.key = "archive:m1", .about = "news@example.org", .text = "News"},
                   .kind = "archive",
                   .state = DeedState::Queued,
                   .server = "email",
                   .reason = "Nothing to do.",
                   .card = 4};
  Deed second = first;
  second.item.key = "archive:m2";
  second.state = DeedState::Done;
  second.card.reset();
  second.change_id = "email-9";
  deeds.put({first, second});

  EXPECT_EQ(deeds.all().size(), 2U);
  ASSERT_EQ(deeds.of_card(4).size(), 1U);
  EXPECT_EQ(deeds.of_card(4)[0].item.text, "News");
  ASSERT_EQ(deeds.of_change("email-9").size(), 1U);
  EXPECT_EQ(deeds.of_change("email-9")[0].state, DeedState::Done);
  EXPECT_EQ(deeds.all().at("archive:m2").card, std::nullopt);
}

TEST_F(StoreTest, OneClaimsADeedAndAFailedOneCanBeClaimedAgain) {
  Deeds deeds(store_);
  Deed deed{.item = {.key = "focus:2026-03-16"}, .kind = "focus", .state = DeedState::Started};
  Deed other{.item = {.key = "place:t1"}, .kind = "focus", .state = DeedState::Started};
  EXPECT_TRUE(deeds.claim({deed}));
  EXPECT_FALSE(deeds.claim({other, deed}));
  EXPECT_FALSE(deeds.all().contains("place:t1"));
  deed.state = DeedState::Failed;
  deeds.put({deed});
  EXPECT_TRUE(deeds.claim({other, deed}));
}

TEST_F(StoreTest, StandingCountsTheLastAnswersAlike) {
  Lessons lessons(store_);
  const std::vector<Item> items{{.key = "archive:m1", .about = "news@example.org"}};
  EXPECT_EQ(lessons.standing("archive").approvals, 0);
  lessons.add(Verdict::Rejected, "archive", items);
  lessons.add(Verdict::Approved, "archive", items);
  lessons.add(Verdict::Approved, "archive", items);
  EXPECT_EQ(lessons.standing("archive").approvals, 2);
  EXPECT_EQ(lessons.standing("archive").turned_down, 0);
  lessons.add(Verdict::Undone, "archive", items);
  EXPECT_EQ(lessons.standing("archive").approvals, 0);
  EXPECT_EQ(lessons.standing("archive").turned_down, 1);
  EXPECT_EQ(lessons.standing("spam").turned_down, 0);
}

TEST_F(StoreTest, AThingIsTurnedDownByTwoAnswersInARow) {
  Lessons lessons(store_);
  const std::vector<Item> items{{.key = "archive:m1", .about = "news@example.org"}};
  lessons.add(Verdict::Rejected, "archive", items);
  EXPECT_TRUE(lessons.turned_down().empty());
  lessons.add(Verdict::Undone, "archive", items);
  ASSERT_EQ(lessons.turned_down().size(), 1U);
  EXPECT_EQ(lessons.turned_down()[0].about, "news@example.org");
  EXPECT_EQ(lessons.turned_down()[0].times, 2);
  lessons.add(Verdict::Approved, "archive", items);
  EXPECT_TRUE(lessons.turned_down().empty());
}

TEST_F(StoreTest, TheLastChangeIsTheLastThatStands) {
  Changes changes(store_);
  EXPECT_EQ(changes.last(), std::nullopt);
  changes.add({.server = "tasks", .change_id = "tasks-1"});
  changes.add({.server = "email", .change_id = "email-1"});
  changes.add({.server = "email", .change_id = ""});
  EXPECT_EQ(changes.last()->change_id, "email-1");
  changes.mark_undone("email-1");
  EXPECT_EQ(changes.last()->change_id, "tasks-1");
}

}  // namespace
}  // namespace host
