import unittest

from bookings.rooms import Room, Taken, clock


class TestRoom(unittest.TestCase):
    def setUp(self):
        self.room = Room("blue")

    def test_overlapping_is_refused(self):
        self.room.book("ann", 600, 660)
        with self.assertRaises(Taken):
            self.room.book("ben", 630, 690)

    def test_one_after_the_other(self):
        self.room.book("ann", 600, 660)
        self.room.book("ben", 660, 720)
        self.assertEqual(len(self.room.bookings), 2)

    def test_one_before_the_other(self):
        self.room.book("ann", 600, 660)
        self.room.book("ben", 540, 600)
        self.assertEqual([one.who for one in self.room.bookings], ["ben", "ann"])

    def test_free(self):
        self.room.book("ann", 480, 600)
        self.room.book("ben", 620, 700)
        self.assertEqual(self.room.free(20), 600)
        self.assertEqual(self.room.free(30), 700)

    def test_closed(self):
        with self.assertRaises(ValueError):
            self.room.book("ann", 0, 60)

    def test_clock(self):
        self.assertEqual(clock(605), "10:05")
